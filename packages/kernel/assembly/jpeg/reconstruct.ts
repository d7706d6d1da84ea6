// One block of coefficients to samples, by the shortest way that is exact.
import { idct8, idct8Sparse } from './idct'
import { idct2, idct4, idctFlat } from './idct-scaled'

/**
 * The first `used` coefficients in zig-zag order may differ from zero. The first ten lie within 4x4, which is
 * all that the sparse transform looks at. `rowBytes`: see idct-scaled.ts; 16 for whole blocks.
 */
// @ts-ignore: decorator
@inline export function reconstruct(
  size: i32, used: i32, block: usize, rowBytes: usize, quantiser: usize, to: usize, step: usize,
): void {
  if (used <= 1 || size == 1) idctFlat(size, block, quantiser, to, step)
  else if (size == 8) {
    if (used <= 10) idct8Sparse(block, quantiser, to, step)
    else idct8(block, quantiser, to, step)
  } else if (size == 4) idct4(block, quantiser, to, step, rowBytes)
  else idct2(block, quantiser, to, step, rowBytes)
}
