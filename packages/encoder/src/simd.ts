/** `(func (result v128) i32.const 0 i8x16.splat)`: valid only where fixed-width SIMD is. */
const PROBE = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 8, 1, 6, 0, 65, 0, 253, 15, 11,
])

/** Whether this runtime has WebAssembly fixed-width SIMD (all current ones do: Node 16, Chrome 91, Firefox 89, Safari 16.4). */
export function supportsSimd(): boolean {
  return WebAssembly.validate(PROBE)
}

/** Compiles the module, or says plainly what is missing. Not for runtimes that import modules (Workers). */
export async function compileEncoder(bytes: BufferSource): Promise<WebAssembly.Module> {
  if (!supportsSimd()) {
    throw new Error('The WebP encoder needs WebAssembly SIMD, which this runtime does not have')
  }
  return WebAssembly.compile(bytes)
}
