// Pictures that nobody took: seeded, the same on every machine, with the spectrum that makes photographs compress as they do.

/** A 32-bit generator (mulberry32): fast, seeded, good enough for texture. */
export function random(seed) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

/** One octave of smooth noise: a lattice of random values, interpolated by a row of weights. */
function octave(next, width, height, cell) {
  const columns = Math.ceil(width / cell) + 2
  const lattice = Float32Array.from({ length: columns * (Math.ceil(height / cell) + 2) }, next)
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

/** Hills under a sky, with texture that grows towards the viewer and a sensor's grain. RGBA, opaque. */
export function photo(width, height, seed = 1) {
  const next = random(seed)
  const pixels = new Uint8ClampedArray(width * height * 4)
  const base = Math.max(width, height)
  const cells = [base / 3, base / 8, base / 24, base / 80, base / 250, base / 700].filter(cell => cell >= 2)
  const octaves = cells.map(cell => octave(next, width, height, cell))
  const hue = octave(next, width, height, base / 5)
  const row = new Float32Array(width)
  const tint = new Float32Array(width)
  const grain = Float32Array.from({ length: 65_536 }, () => (next() + next() + next() - 1.5) * 5)
  let g = 0
  for (let y = 0; y < height; y++) {
    row.fill(0)
    tint.fill(0)
    const far = y / height
    octaves.forEach((add, index) => add(y, row, (220 / 1.75 ** index) * (far < 0.35 ? 0.25 : 0.5 + far * 0.6)))
    hue(y, tint, 90)
    for (let x = 0, i = y * width * 4; x < width; x++, i += 4) {
      const ground = far > 0.35 + row[x] * 0.0006
      const light = (ground ? 105 : 190 - far * 60) + row[x] + grain[(g += 7) & 65_535]
      pixels[i] = light + tint[x] * (ground ? 0.5 : 0.1)
      pixels[i + 1] = light + (ground ? 8 : 6)
      pixels[i + 2] = light - tint[x] * 0.4 + (ground ? -28 : 32)
      pixels[i + 3] = 255
    }
  }
  return { data: pixels, width, height, colorSpace: 'srgb' }
}

/** Windows, lines of text-like strokes and a few icons on flat colours. */
export function screenshot(width, height, seed = 2) {
  const next = random(seed)
  const image = { data: new Uint8ClampedArray(width * height * 4).fill(255), width, height, colorSpace: 'srgb' }
  const fill = (x0, y0, w, h, [r, gr, b, a = 255]) => {
    for (let y = Math.max(0, y0); y < Math.min(height, y0 + h); y++) {
      for (let x = Math.max(0, x0), i = (y * width + x) * 4; x < Math.min(width, x0 + w); x++, i += 4) image.data.set([r, gr, b, a], i)
    }
  }
  fill(0, 0, width, height, [236, 239, 244])
  for (let pane = 0; pane < 6; pane++) {
    const [x, y, w, h] = [next() * width * 0.7, next() * height * 0.7, width * (0.2 + next() * 0.3), height * (0.2 + next() * 0.3)].map(Math.round)
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

/** Overlapping discs with soft alpha: what a logo or a sticker is. */
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
