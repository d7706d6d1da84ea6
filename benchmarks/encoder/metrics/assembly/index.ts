export { lumaError, rgbError, ssim } from './pixel'
export { ssimulacra2 } from './ssimulacra2'

/** First address free for pictures. */
export function free(): usize {
  return (__heap_base + 63) & ~63
}
export function grow(bytes: usize): void {
  const missing = <i32>((bytes + 0xffff) >> 16) - memory.size()
  if (missing > 0) memory.grow(missing)
}
