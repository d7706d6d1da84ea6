// Pictures that are dear to encode: each of a few numbers, so that a search can change one and look what it
// did.
import { random } from './scene.mjs'

/**
 * @typedef {object} Pattern
 * @property {string} kind of `kinds`
 * @property {number} cell pixels a side, 1 to 64
 * @property {number} variants tiles, or waves: 1 to 64
 * @property {number} colours 2 to 256
 * @property {number} density of what is not ground, 0 to 1
 * @property {number} alpha share of pixels that are not opaque, 0 to 1
 * @property {number} seed
 */

const opaque = 0xff000000

/**
 * @typedef {Pattern & { next: () => number, palette: Uint32Array, width: number, height: number }} Drawing
 * @typedef {(x: number, y: number) => number} Colour `0xaabbggrr` at a place
 */

/** @param {Drawing} drawing @returns {number} one of the palette: the ground, or any other */
function pick({ next, palette, density }) {
  return next() >= density ? palette[0] : palette[1 + Math.floor(next() * (palette.length - 1))]
}

/** @type {Readonly<Record<string, (drawing: Drawing) => Colour>>} */
const makers = {
  /** Cells of one colour. */
  blocks(drawing) {
    const columns = Math.ceil(drawing.width / drawing.cell)
    const cells = Uint32Array.from({ length: columns * Math.ceil(drawing.height / drawing.cell) }, () =>
      pick(drawing),
    )
    return (x, y) => cells[Math.floor(y / drawing.cell) * columns + Math.floor(x / drawing.cell)]
  },
  /** Tiles of random pixels, again and again. */
  tiles(drawing) {
    const { cell, variants, next, width, height } = drawing
    const tiles = Array.from({ length: variants }, () =>
      Array.from({ length: cell * cell }, () => pick(drawing)),
    )
    const columns = Math.ceil(width / cell)
    const order = Array.from({ length: columns * Math.ceil(height / cell) }, () =>
      Math.floor(next() * variants),
    )
    return (x, y) =>
      tiles[order[Math.floor(y / cell) * columns + Math.floor(x / cell)]][(y % cell) * cell + (x % cell)]
  },
  /** Lines across and down, of two periods. */
  stripes({ cell, variants, palette }) {
    return (x, y) => palette[(Math.floor(x / cell) ^ Math.floor(y / variants)) % palette.length]
  },
  /** Every pixel by itself. */
  noise: drawing => () => pick(drawing),
  /** Waves, with grain. */
  waves({ cell, variants, density, next }) {
    return (x, y) => {
      const wave = 127 + 90 * Math.sin(x / cell + 2 * Math.sin(y / variants))
      const grey = Math.max(0, Math.min(255, wave + density * 128 * (next() - 0.5))) | 0
      return opaque | (grey << 16) | ((255 - grey) << 8) | (grey >> 1)
    }
  },
  /** Strokes of ink in lines, as of text. */
  text(drawing) {
    const glyphs = makers.tiles({ ...drawing, density: 0.4 })
    const line = drawing.cell * 2
    return (x, y) => (y % line < drawing.cell ? glyphs(x, y) : drawing.palette[0])
  },
  /** Shades that change slowly. */
  gradients({ width, height, variants }) {
    return (x, y) => {
      const across = ((x * variants * 255) / width) & 255
      const down = ((y * 255) / height) & 255
      return opaque | (down << 16) | (across << 8) | ((across + down) >> 1)
    }
  },
  /** A quarter each of four others. */
  mixed(drawing) {
    const parts = [makers.tiles, makers.noise, makers.waves, makers.stripes].map(make => make(drawing))
    const { width, height } = drawing
    return (x, y) => parts[(2 * x < width ? 0 : 1) + (2 * y < height ? 0 : 2)](x, y)
  },
}

export const kinds = Object.keys(makers)

/**
 * @param {Pattern} pattern @param {number} width @param {number} height
 * @param {number} [frame] another picture of the same kind
 * @returns {Uint8Array} RGBA
 */
export function drawPattern(pattern, width, height, frame = 0) {
  const next = random(pattern.seed + 7919 * frame)
  const palette = Uint32Array.from({ length: pattern.colours }, () => opaque | (next() * 0x1000000))
  const colour = makers[pattern.kind]({ ...pattern, next, palette, width, height })
  const words = new Uint32Array(width * height)
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++, at++) {
      const word = colour(x, y)
      words[at] = next() < pattern.alpha ? (word & 0xffffff) | ((next() * 256) << 24) : word
    }
  return new Uint8Array(words.buffer)
}

/** @param {() => number} next @returns {Pattern} */
export function randomPattern(next) {
  const size = () => 2 ** Math.floor(next() * 7)
  return {
    kind: kinds[Math.floor(next() * kinds.length)],
    cell: size(),
    variants: size(),
    colours: 2 ** (1 + Math.floor(next() * 8)),
    density: [0.1, 0.5, 1][Math.floor(next() * 3)],
    alpha: [0, 0, 0.1, 1][Math.floor(next() * 4)],
    seed: Math.floor(next() * 2 ** 31),
  }
}

/**
 * One or two of the numbers of another. @param {Pattern} pattern @param {() => number} next @returns
 * {Pattern}
 */
export function changedPattern(pattern, next) {
  const other = randomPattern(next)
  const names = /** @type {(keyof Pattern)[]} */ (Object.keys(other))
  const changed = [names, names].map(list => list[Math.floor(next() * list.length)])
  return { ...pattern, ...Object.fromEntries(changed.map(name => [name, other[name]])) }
}
