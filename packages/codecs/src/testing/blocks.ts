import type { Picture } from '../codec.js'

/** Six colours, far apart. */
const colours = [
  [220, 30, 30],
  [30, 200, 30],
  [30, 30, 220],
  [230, 230, 30],
  [240, 240, 240],
  [20, 20, 20],
] as const
export const BLOCK = 8
const COLUMNS = 2

/** Six blocks in two columns: no turn or mirroring leaves it as it is. */
export function blocks(): Picture {
  const width = COLUMNS * BLOCK
  const height = (colours.length / COLUMNS) * BLOCK
  const pixels = new Uint8Array(4 * width * height)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const colour = colours[COLUMNS * Math.floor(y / BLOCK) + Math.floor(x / BLOCK)] ?? [0, 0, 0]
      pixels.set([...colour, 255], 4 * (y * width + x))
    }
  return { width, height, pixels }
}
