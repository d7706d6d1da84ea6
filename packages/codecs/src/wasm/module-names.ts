/** The hardened modules, by the name of their file in dist/wasm. */
export type ModuleName = 'kernel' | 'encoder' | 'lcms'

/** Returns the compiled module; compiled once in the life of the process or isolate. */
export type LoadModule<Name extends string = ModuleName> = (name: Name) => Promise<WebAssembly.Module>

/** Called at start with what a renderer will load. @throws Error that names what is missing, and the cure */
export type CheckModules<Name extends string = ModuleName> = (names: readonly Name[]) => void
