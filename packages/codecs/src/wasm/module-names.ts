/** The hardened modules, by the name of their file in dist/wasm. */
export type ModuleName =
  | 'kernel'
  | 'encoder'
  | 'lcms'
  | 'jpeg-dec'
  | 'png'
  | 'webp-dec'
  | 'webp-enc'
  | 'webp-enc-simd'
  | 'resize'

/** Returns the compiled module; compiled once in the life of the process or isolate. */
export type LoadModule<Name extends string = ModuleName> = (name: Name) => Promise<WebAssembly.Module>
