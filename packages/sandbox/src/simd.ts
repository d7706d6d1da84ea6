// (module (func (result v128) (i8x16.splat (i32.const 0)))), without a name
const PROBE = Uint8Array.of(
  ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 8, 1, 6, 0, 65, 0, 253, 15, 11],
)

let known: boolean | undefined

/** Whether this runtime has WebAssembly SIMD; allowed also where compiling at run time is not. */
export const simd = () => (known ??= WebAssembly.validate(PROBE))
