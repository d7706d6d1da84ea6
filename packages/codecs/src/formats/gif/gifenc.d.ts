declare module 'gifenc' {
  /** At most `maxColors` colours that stand for those of `rgba`. */
  export function quantize(
    rgba: Uint8Array,
    maxColors: number,
    options: { format: 'rgb565' | 'rgb444' | 'rgba4444' },
  ): number[][]
}
