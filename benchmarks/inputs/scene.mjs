// Pictures that nobody took: seeded, the same on every machine, with the spectrum that makes photographs compress as they do.
/** @import { Scene } from '../types.js' */

/** A 32-bit generator (mulberry32): fast, seeded, good enough for texture. @param {number} seed */
export function random(seed) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

/**
 * One octave of smooth noise: a lattice of random values, interpolated by a row of weights.
 * @param {() => number} next @param {number} width @param {number} height @param {number} cell
 * @returns {(y: number, row: Float32Array, gain: number) => void} adds it to a row
 */
function octave(next, width, height, cell) {
  const columns = Math.ceil(width / cell) + 2
  const lattice = Float32Array.from({ length: columns * (Math.ceil(height / cell) + 2) }, () => next())
  /** @param {number} t */
  const smooth = t => t * t * (3 - 2 * t)
  const left = new Int32Array(width)
  const weight = new Float32Array(width)
  for (let x = 0; x < width; x++) {
    left[x] = Math.floor(x / cell)
    weight[x] = smooth(x / cell - left[x])
  }
  return (y, row, gain) => {
    const top = Math.floor(y / cell)
    const wy = smooth(y / cell - top)
    const a = top * columns
    const b = a + columns
    for (let x = 0; x < width; x++) {
      const i = left[x]
      const wx = weight[x]
      const upper = lattice[a + i] + (lattice[a + i + 1] - lattice[a + i]) * wx
      const lower = lattice[b + i] + (lattice[b + i + 1] - lattice[b + i]) * wx
      row[x] += gain * (upper + (lower - upper) * wy - 0.5)
    }
  }
}

/**
 * Dead leaves (Lee, Mumford, Huang 2001): overlapping discs whose radii follow r^-3 have the edges and the spectrum of
 * natural scenes. Under a smooth light, with a texture on each leaf, the blur of a lens and the grain of a sensor. RGBA, opaque.
 * @param {number} width @param {number} height @param {number} seed @returns {Scene}
 */
export function photo(width, height, seed = 1) {
  const next = random(seed)
  const base = Math.max(width, height)
  const pixels = new Uint8ClampedArray(width * height * 4)
  scatterLeaves(pixels, width, height, next)
  const light = [base / 2, base / 5].map(cell => octave(next, width, height, cell))
  const texture = [base / 60, base / 250, base / 600]
    .filter(cell => cell >= 2)
    .map(cell => octave(next, width, height, cell))
  const grain = Float32Array.from({ length: 65_536 }, () => (next() + next() + next() - 1.5) * 12)
  const row = new Float32Array(width)
  let g = 0
  for (let y = 0; y < height; y++) {
    row.fill(0)
    for (const add of light) add(y, row, 90)
    for (const [index, add] of texture.entries()) add(y, row, 34 / (index + 1))
    for (let x = 0, i = y * width * 4; x < width; x++, i += 4) {
      // The pixel to the left and above are finished: averaging with them is the blur.
      const left = x > 0 ? i - 4 : i
      const above = y > 0 ? i - width * 4 : i
      g += 7
      const shade = row[x] + grain[g & 65_535]
      for (let c = 0; c < 3; c++) {
        const lit = pixels[i + c] + shade
        pixels[i + c] =
          lit * 0.6 + (x > 0 ? pixels[left + c] : lit) * 0.2 + (y > 0 ? pixels[above + c] : lit) * 0.2
      }
    }
  }
  return { data: pixels, width, height, colorSpace: 'srgb' }
}

/**
 * Front to back, so that each pixel is painted once; alpha says which are. Ends with a sky behind everything.
 * @param {Uint8ClampedArray} pixels @param {number} width @param {number} height
 * @param {() => number} next
 */
function scatterLeaves(pixels, width, height, next) {
  const base = Math.max(width, height)
  const [small, large] = [base / 500, base / 5]
  for (let leaf = 0; leaf < 9000; leaf++) {
    const radius = small / Math.sqrt(1 - next() * (1 - (small / large) ** 2))
    const [cx, cy] = [next() * width, (0.12 + 0.95 * next()) * height]
    const value = 30 + next() * 170
    const colour = [value + next() * 70 - 25, value + next() * 60 - 15, value * (0.4 + next() * 0.6)]
    for (let y = Math.max(0, Math.ceil(cy - radius)); y < Math.min(height, cy + radius); y++) {
      const half = Math.sqrt(radius * radius - (y - cy) * (y - cy))
      const end = Math.min(width, cx + half)
      for (let x = Math.max(0, Math.ceil(cx - half)), i = (y * width + x) * 4; x < end; x++, i += 4) {
        if (pixels[i + 3]) continue
        pixels[i] = colour[0]
        pixels[i + 1] = colour[1]
        pixels[i + 2] = colour[2]
        pixels[i + 3] = 255
      }
    }
  }
  for (let i = 0, pixel = 0; i < pixels.length; i += 4, pixel++) {
    if (pixels[i + 3]) continue
    const far = pixel / (width * height)
    pixels.set([120 + far * 90, 150 + far * 70, 205 + far * 30, 255], i)
  }
}

/**
 * Windows, lines of text-like strokes and a few icons on flat colours.
 * @param {number} width @param {number} height @param {number} seed @returns {Scene}
 */
export function screenshot(width, height, seed = 2) {
  const next = random(seed)
  /** @type {Scene} */
  const image = {
    data: new Uint8ClampedArray(width * height * 4).fill(255),
    width,
    height,
    colorSpace: 'srgb',
  }
  /**
   * @param {number} x0
   * @param {number} y0
   * @param {number} w
   * @param {number} h
   * @param {readonly number[]} colour
   */
  const fill = (x0, y0, w, h, [r, gr, b, a = 255]) => {
    for (let y = Math.max(0, y0); y < Math.min(height, y0 + h); y++) {
      for (let x = Math.max(0, x0), i = (y * width + x) * 4; x < Math.min(width, x0 + w); x++, i += 4)
        image.data.set([r, gr, b, a], i)
    }
  }
  fill(0, 0, width, height, [236, 239, 244])
  for (let pane = 0; pane < 6; pane++) {
    const [x, y, w, h] = [
      next() * width * 0.7,
      next() * height * 0.7,
      width * (0.2 + next() * 0.3),
      height * (0.2 + next() * 0.3),
    ].map(Math.round)
    fill(x - 1, y - 1, w + 2, h + 2, [180, 186, 196])
    fill(x, y, w, h, [255, 255, 255])
    fill(x, y, w, 28, [59, 66, 82])
    for (let line = y + 44; line < y + h - 12; line += 18) {
      for (let at = x + 12; at < x + w - 40; at += 6 + Math.floor(next() * 6)) {
        const tall = 4 + Math.floor(next() * 7)
        fill(at, line + 10 - tall, 1 + Math.floor(next() * 3), tall, [46, 52, 64])
      }
    }
  }
  return image
}

/**
 * Overlapping discs with soft alpha: what a logo or a sticker is.
 * @param {number} width @param {number} height @param {number} seed @returns {Scene}
 */
export function sticker(width, height, seed = 3) {
  const next = random(seed)
  const data = new Uint8ClampedArray(width * height * 4)
  for (let disc = 0; disc < 12; disc++) {
    const [cx, cy, r] = [next() * width, next() * height, (0.05 + next() * 0.2) * width]
    const colour = [next() * 255, next() * 255, next() * 255]
    for (let y = Math.max(0, Math.floor(cy - r)); y < Math.min(height, cy + r); y++) {
      for (let x = Math.max(0, Math.floor(cx - r)); x < Math.min(width, cx + r); x++) {
        const cover = Math.min(1, Math.max(0, r - Math.hypot(x - cx, y - cy)))
        if (cover === 0) continue
        const i = (y * width + x) * 4
        for (let c = 0; c < 3; c++) data[i + c] = data[i + c] * (1 - cover) + colour[c] * cover
        data[i + 3] = Math.max(data[i + 3], cover * 255)
      }
    }
  }
  return { data, width, height, colorSpace: 'srgb' }
}
