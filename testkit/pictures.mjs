// Pictures made from a seed: stand-ins for photographs and graphics that can be had anywhere, always the same.
// Each maker returns RGBA (8 bits, straight alpha). They are meant to have the statistics that encoders care about
// (spectra near 1/f, occlusion edges, smooth shading, grain), not to be pretty.
/** Mulberry32: numbers in [0, 1) from a 32-bit seed. @param {number} seed */
export function random(seed) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/**
 * @typedef {{ width: number, height: number, rgba: Uint8Array<ArrayBuffer> }} MadePicture
 * @typedef {(width: number, height: number, seed?: number) => MadePicture} Maker
 * @typedef {(x: number, y: number) => number} Noise
 * @typedef {ArrayLike<number>} Colour
 */

/** Value noise on a lattice, smoothly interpolated, -1 to 1. @param {number} seed @returns {Noise} */
function lattice(seed) {
  /** @param {number} x @param {number} y */
  const hash = (x, y) => {
    let h = Math.imul(x, 374761393) + Math.imul(y, 668265263) + Math.imul(seed, 2246822519)
    h = Math.imul(h ^ (h >>> 13), 1274126177)
    return ((h ^ (h >>> 16)) >>> 0) / 2147483648 - 1
  }
  /** @param {number} t */
  const ease = t => t * t * (3 - 2 * t)
  return (x, y) => {
    const xi = Math.floor(x)
    const yi = Math.floor(y)
    const u = ease(x - xi)
    const v = ease(y - yi)
    const top = hash(xi, yi) * (1 - u) + hash(xi + 1, yi) * u
    const bottom = hash(xi, yi + 1) * (1 - u) + hash(xi + 1, yi + 1) * u
    return top * (1 - v) + bottom * v
  }
}

/**
 * Octaves of noise whose amplitude falls as wavelength does: a spectrum near 1/f.
 * @param {number} seed @param {number} octaves @param {number} fall @returns {Noise}
 */
function fractal(seed, octaves, fall = 0.55) {
  const layers = Array.from({ length: octaves }, (_, i) => lattice(seed * 31 + i))
  return (x, y) => {
    let sum = 0
    let gain = 1
    let scale = 1
    for (const layer of layers) {
      sum += gain * layer(x * scale, y * scale)
      gain *= fall
      scale *= 2
    }
    return sum
  }
}

/**
 * A picture from a colour at each pixel; the sum of two uniform numbers serves as grain of `noise` grey levels.
 * @param {number} width @param {number} height @param {number} seed @param {number} noise
 * @param {(x: number, y: number) => Colour} colour
 * @returns {MadePicture}
 */
function paint(width, height, seed, noise, colour) {
  const next = random(seed ^ 0x5bd1e995)
  const rgba = new Uint8Array(width * height * 4)
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 4) {
      const { 0: r = 0, 1: g = 0, 2: b = 0, 3: a = 255 } = colour(x, y)
      const grain = noise * (next() + next() - 1)
      const tint = noise * 0.4
      rgba[at] = Math.max(0, Math.min(255, r + grain + tint * (next() - 0.5)))
      rgba[at + 1] = Math.max(0, Math.min(255, g + grain))
      rgba[at + 2] = Math.max(0, Math.min(255, b + grain + tint * (next() - 0.5)))
      rgba[at + 3] = a
    }
  }
  return { width, height, rgba }
}

/** @param {readonly number[]} a @param {readonly number[]} b @param {number} t */
const mix = (a, b, t) => a.map((v, i) => v + ((b[i] ?? 0) - v) * t)
/** @param {number} edge0 @param {number} edge1 @param {number} v */
const step = (edge0, edge1, v) => {
  const t = Math.max(0, Math.min(1, (v - edge0) / (edge1 - edge0)))
  return t * t * (3 - 2 * t)
}

/**
 * Blue gradient with soft clouds above a dark ridge.
 * @param {number} width @param {number} height @param {number} [seed] @returns {MadePicture}
 */
export function sky(width, height, seed = 1) {
  const clouds = fractal(seed, 6)
  const ridge = fractal(seed + 1, 7)
  const rock = fractal(seed + 2, 8, 0.7)
  return paint(width, height, seed, 2, (x, y) => {
    const v = y / height
    const horizon = 0.72 + 0.08 * ridge((x / width) * 4, 0)
    if (v > horizon) {
      const r = 60 + 35 * rock(x / 90, y / 60) + 20 * (v - horizon)
      return [r * 1.05, r, r * 0.85]
    }
    const c = step(0.1, 0.9, clouds((x / width) * 3, v * 5))
    return mix(mix([70, 120, 190], [190, 210, 230], v / horizon), [245, 243, 240], c * 0.85)
  })
}

/**
 * Smooth warm shading with pores and a few dark strands.
 * @param {number} width @param {number} height @param {number} [seed] @returns {MadePicture}
 */
export function skin(width, height, seed = 2) {
  const shade = fractal(seed, 3)
  const pores = fractal(seed + 1, 3, 0.8)
  const strands = lattice(seed + 2)
  return paint(width, height, seed, 4, (x, y) => {
    const dx = x / width - 0.45
    const dy = y / height - 0.5
    const face = 1 - step(0.3, 0.42, Math.hypot(dx * 1.15, dy * 0.9))
    const light = 0.75 + 0.35 * (-dx - dy * 0.4) + 0.08 * shade((x / width) * 3, (y / height) * 3)
    const pore = 3 * pores(x / 5, y / 5)
    const hair = step(0.35, 0.75, strands(x / 3 + y / 40, y / 160)) * (1 - face)
    const ground = [120 - 60 * dy, 110 - 50 * dx, 105]
    const lit = [222 * light + pore, 172 * light + pore, 148 * light + pore]
    return mix(mix(ground, lit, face), [45, 32, 26], hair * 0.9)
  })
}

/**
 * Thousands of overlapping leaves, each shaded: dense edges of all directions.
 * @param {number} width @param {number} height @param {number} [seed] @returns {MadePicture}
 */
export function foliage(width, height, seed = 3) {
  const next = random(seed)
  const field = new Float32Array(width * height * 3)
  const light = fractal(seed, 4)
  field.fill(25)
  const leaves = Math.round((width * height) / 180)
  for (let n = 0; n < leaves; n++) {
    const cx = next() * width
    const cy = next() * height
    const long = 4 + next() * next() * 28
    const wide = long * (0.25 + 0.3 * next())
    const angle = next() * Math.PI
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
    const bright = (0.35 + 0.65 * (n / leaves)) * (0.8 + 0.3 * light((cx / width) * 4, (cy / height) * 4))
    const hue = next()
    for (let y = Math.max(0, Math.floor(cy - long)); y < Math.min(height, cy + long); y++) {
      for (let x = Math.max(0, Math.floor(cx - long)); x < Math.min(width, cx + long); x++) {
        const u = ((x - cx) * cos + (y - cy) * sin) / long
        const v = ((y - cy) * cos - (x - cx) * sin) / wide
        if (u * u + v * v > 1) continue
        const l = bright * (0.75 + 0.35 * v + (Math.abs(v) < 0.08 ? 0.25 : 0))
        field.set([(70 + 70 * hue) * l, (135 + 30 * hue) * l, (50 + 10 * hue) * l], (y * width + x) * 3)
      }
    }
  }
  return paint(width, height, seed, 5, (x, y) => field.subarray((y * width + x) * 3, (y * width + x) * 3 + 3))
}

/**
 * Bricks with mortar: repeated straight edges over rough texture.
 * @param {number} width @param {number} height @param {number} [seed] @returns {MadePicture}
 */
export function wall(width, height, seed = 4) {
  const rough = fractal(seed, 7, 0.65)
  const tone = lattice(seed + 1)
  return paint(width, height, seed, 6, (x, y) => {
    const row = Math.floor(y / 38)
    const column = Math.floor(x / 96 + (row % 2) / 2)
    const inX = (x + (row % 2) * 48) % 96
    const inY = y % 38
    const t = 22 * rough(x / 40, y / 40)
    if (inX < 5 || inY < 5) return [168 + t, 160 + t, 150 + t]
    const k = 30 * tone(column * 1.7, row * 1.3)
    return [150 + k + t * 1.4, 82 + k * 0.6 + t, 64 + k * 0.4 + t]
  })
}

/**
 * Ripples that compress towards the horizon, with glints.
 * @param {number} width @param {number} height @param {number} [seed] @returns {MadePicture}
 */
export function water(width, height, seed = 5) {
  const waves = fractal(seed, 6, 0.6)
  return paint(width, height, seed, 3, (x, y) => {
    const depth = 0.08 + y / height
    const w = waves(x / (60 * depth) / 3, y / (14 * depth) / 3)
    const glint = step(0.75, 1.1, w) * 130
    return [50 + 30 * w + glint, 95 + 35 * w + glint, 125 + 40 * w + glint * 0.9]
  })
}

/**
 * Out-of-focus discs behind a sharp textured object.
 * @param {number} width @param {number} height @param {number} [seed] @returns {MadePicture}
 */
export function bokeh(width, height, seed = 6) {
  const next = random(seed)
  const discs = Array.from({ length: 60 }, () => ({
    cx: next() * width,
    cy: next() * height,
    radius: 15 + next() * 70,
    hue: next(),
    power: next(),
  }))
  const fur = fractal(seed, 5, 0.8)
  return paint(width, height, seed, 3, (x, y) => {
    let colour = [36 + (20 * y) / height, 44, 58 - (15 * x) / width]
    for (const { cx, cy, radius, hue, power } of discs) {
      const d = Math.hypot(x - cx, y - cy)
      const cover = (1 - step(radius - 6, radius + 6, d)) * (0.15 + 0.5 * power)
      if (cover > 0) colour = mix(colour, [230, 120 + 110 * hue, 80 + 120 * (1 - hue)], cover)
    }
    const d = Math.hypot((x / width - 0.5) * 1.2, y / height - 0.62) + 0.02 * fur(x / 24, y / 24)
    const body = 1 - step(0.26, 0.27, d)
    const l = 120 + 55 * fur(x / 7 + y / 30, y / 22)
    return mix(colour, [l, l * 0.82, l * 0.6], body)
  })
}

/**
 * A noisy night scene: dark, grainy, few bright spots.
 * @param {number} width @param {number} height @param {number} [seed] @returns {MadePicture}
 */
export function night(width, height, seed = 7) {
  const shape = fractal(seed, 6)
  return paint(width, height, seed, 16, (x, y) => {
    const s = shape((x / width) * 6, (y / height) * 6)
    const window =
      x % 70 < 22 &&
      y % 90 < 30 &&
      y > height * 0.4 &&
      shape(Math.floor(x / 70) * 9.7, Math.floor(y / 90) * 7.3) > 0.25
    return window ? [225, 190, 110] : [26 + 22 * s, 28 + 20 * s, 40 + 24 * s]
  })
}

/**
 * Glyph-like strokes in lines, black on white: no letters of any font, but their statistics.
 * @param {number} width @param {number} height @param {number} [seed] @returns {MadePicture}
 */
export function text(width, height, seed = 8) {
  const next = random(seed)
  const { rgba } = paint(width, height, seed, 0, () => [255, 255, 255])
  /** @param {number} x0 @param {number} y0 @param {number} x1 @param {number} y1 */
  const ink = (x0, y0, x1, y1) => {
    for (let y = Math.max(0, y0); y < Math.min(height, y1); y++) {
      for (let x = Math.max(0, x0); x < Math.min(width, x1); x++) rgba.set([20, 20, 24], (y * width + x) * 4)
    }
  }
  for (let line = 12; line < height - 18; line += 22) {
    for (let x = 16; x < width - 24; ) {
      if (next() < 0.16) {
        x += 8
        continue
      }
      const wide = 5 + Math.floor(next() * 5)
      ink(x, line, x + 2, line + 12)
      if (next() < 0.6) ink(x + wide - 2, line + 3, x + wide, line + 12)
      if (next() < 0.7) ink(x, line + (next() < 0.5 ? 0 : 5), x + wide, line + (next() < 0.5 ? 2 : 7))
      x += wide + 3
    }
  }
  return { width, height, rgba }
}

/**
 * Flat panels, borders, lines of text and saturated buttons, as on a screen.
 * @param {number} width @param {number} height @param {number} [seed] @returns {MadePicture}
 */
export function screenshot(width, height, seed = 9) {
  const next = random(seed)
  const letters = text(width, height, seed).rgba
  const panels = Array.from({ length: 14 }, () => {
    const x = Math.floor(next() * width)
    const y = Math.floor(next() * height)
    const palette = [
      [246, 247, 249],
      [255, 255, 255],
      [32, 36, 44],
      [24, 119, 242],
      [220, 53, 69],
      [40, 167, 69],
    ]
    return {
      x,
      y,
      w: 60 + Math.floor(next() * width * 0.4),
      h: 24 + Math.floor(next() * height * 0.25),
      colour: palette[Math.floor(next() * 6)] ?? [],
    }
  })
  return paint(width, height, seed, 0, (x, y) => {
    if (y < 44) return [44, 62, 80]
    for (const p of panels) {
      if (x < p.x || y < p.y || x >= p.x + p.w || y >= p.y + p.h) continue
      if (x === p.x || y === p.y || x === p.x + p.w - 1 || y === p.y + p.h - 1) return [200, 204, 210]
      return p.colour
    }
    const at = (y * width + x) * 4
    return x > width * 0.25 ? letters.subarray(at, at + 3) : [236, 239, 244]
  })
}

/**
 * Curves and bars on white, antialiased.
 * @param {number} width @param {number} height @param {number} [seed] @returns {MadePicture}
 */
export function diagram(width, height, seed = 10) {
  const curve = fractal(seed, 4)
  const colours = [
    [214, 39, 40],
    [31, 119, 180],
    [44, 160, 44],
  ]
  return paint(width, height, seed, 0, (x, y) => {
    for (const [i, colour] of colours.entries()) {
      const at = height * (0.5 + 0.25 * curve((x / width) * 6, i * 10))
      const cover = Math.max(0, Math.min(1, 2 - Math.abs(y - at)))
      if (cover > 0) return mix([255, 255, 255], colour, cover)
    }
    if (x % 80 === 0 || y % 80 === 0) return [225, 225, 225]
    return [255, 255, 255]
  })
}

/**
 * Saturated shapes with hard edges.
 * @param {number} width @param {number} height @param {number} [seed] @returns {MadePicture}
 */
export function shapes(width, height, seed = 11) {
  const next = random(seed)
  const discs = Array.from({ length: 24 }, () => ({
    cx: next() * width,
    cy: next() * height,
    radius: 20 + next() * 120,
    colour: [next() * 255, next() * 255, next() * 255],
  }))
  return paint(width, height, seed, 0, (x, y) => {
    for (const { cx, cy, radius, colour } of discs) {
      const cover = radius - Math.hypot(x - cx, y - cy)
      if (cover > 0) return cover < 1 ? mix([250, 250, 250], colour, cover) : colour
    }
    return [250, 250, 250]
  })
}

/** @type {Record<string, Maker>} */
export const photographs = { sky, skin, foliage, wall, water, bokeh, night }
/** @type {Record<string, Maker>} */
export const graphics = { text, screenshot, diagram, shapes }
