import { KernelError } from './errors.js'

// (module (func (result v128) (v128.const i32x4 0 0 0 0)))
const PROBE = Uint8Array.of(
  ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0],
  ...[10, 22, 1, 20, 0, 253, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 11],
)

/** True when this runtime has WebAssembly SIMD (128 bits, fixed width): everything current since about 2021. */
export function hasSimd(probe: Uint8Array<ArrayBuffer> = PROBE): boolean {
  return WebAssembly.validate(probe)
}

/** @throws KernelError `no-simd` */
export function requireSimd(supported: boolean = hasSimd()): void {
  if (!supported) throw new KernelError('no-simd')
}
