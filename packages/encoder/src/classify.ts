/** What a picture is, as far as the choice of an encoder goes. */
export type Content = 'photograph' | 'graphic'

/** Shares of horizontally adjacent pixels of a sample, 0 to 1. */
export interface Texture {
  /** Exactly equal: areas drawn, not taken. */
  readonly equal: number
  /** Of those not equal, differing by 1 to 8 in the channel that differs most: shading and grain. */
  readonly soft: number
  /** Of those not equal, differing by more than 64: ink. */
  readonly hard: number
}

const SOFT = 8
const HARD = 64
/** Rows looked at, spread evenly: enough for shares within some percent. */
const SAMPLED_ROWS = 256

export function texture(rgba: Uint8Array | Uint8ClampedArray, width: number, height: number): Texture {
  const words = new Uint8Array(rgba.buffer, rgba.byteOffset, rgba.length)
  const step = Math.max(1, Math.floor(height / SAMPLED_ROWS))
  let pairs = 0
  let soft = 0
  let hard = 0
  let different = 0
  for (let y = step >> 1; y < height; y += step) {
    let at = y * width * 4
    for (let x = 1; x < width; x++, at += 4) {
      pairs++
      const far = distance(words, at)
      if (far === 0) continue
      different++
      if (far <= SOFT) soft++
      else if (far > HARD) hard++
    }
  }
  return pairs && different
    ? { equal: 1 - different / pairs, soft: soft / different, hard: hard / different }
    : { equal: 1, soft: 0, hard: 0 }
}

/** At least so many equal pixels, and at most so many soft steps between the others, are a graphic. */
const DRAWN = 0.4
const SHADED = 0.5

/**
 * Whether lossless coding is worth a try beside lossy: drawn pictures (screenshots, diagrams, text, palettes) repeat
 * pixels exactly and change by leaps. On 245 pictures of the corpus and this repository, lossless was smaller than lossy at
 * quality 82 for 35; 33 of them are called graphics, and so are 17 others, which costs time and no bytes
 * (benchmarks/encoder/content.mjs).
 */
export function classify(rgba: Uint8Array | Uint8ClampedArray, width: number, height: number): Content {
  const { equal, soft } = texture(rgba, width, height)
  return equal >= DRAWN && soft < SHADED ? 'graphic' : 'photograph'
}

/** Largest difference of a channel between the pixel at `at` and the next; none between two invisible ones. */
function distance(p: Uint8Array, at: number): number {
  const alpha = Math.abs((p[at + 3] ?? 0) - (p[at + 7] ?? 0))
  if (alpha === 0 && p[at + 3] === 0) return 0
  const r = Math.abs((p[at] ?? 0) - (p[at + 4] ?? 0))
  const g = Math.abs((p[at + 1] ?? 0) - (p[at + 5] ?? 0))
  const b = Math.abs((p[at + 2] ?? 0) - (p[at + 6] ?? 0))
  return Math.max(r, g, b, alpha)
}
