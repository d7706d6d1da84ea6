import type { Picture } from '../test/reconstruction.js'

/** Numbers in [0, 1) from a seed (mulberry32). */
export function random(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

type Shade = (x: number, y: number) => readonly [number, number, number]

const kinds: readonly ((next: () => number) => Shade)[] = [
  // noise
  next => () => [next() * 255, next() * 255, next() * 255],
  // extremes
  next => () => [next() < 0.5 ? 0 : 255, next() < 0.5 ? 0 : 255, next() < 0.5 ? 0 : 255],
  // a flat
  next => {
    const colour = [next() * 255, next() * 255, next() * 255] as const
    return () => colour
  },
  // a checker
  next => {
    const size = 1 + Math.floor(next() * 12)
    const [a, b] = [next() * 255, next() * 255]
    return (x, y) => ((Math.floor(x / size) + Math.floor(y / size)) % 2 ? [a, b, a] : [b, a, 255 - a])
  },
  // a gradient with grain
  next => {
    const [a, b, grain] = [next() * 3 - 1.5, next() * 3 - 1.5, next() * 30]
    return (x, y) => {
      const v = 128 + a * x + b * y + grain * (next() - 0.5)
      return [v, v * 0.8 + 20, 255 - v]
    }
  },
  // strokes, as of text
  next => {
    const [pitch, dark] = [7 + Math.floor(next() * 14), next() * 80]
    return (x, y) => {
      const on =
        y % pitch < pitch * 0.7 &&
        (Math.imul(x >> 1, 2654435761) ^ Math.imul(Math.floor(y / pitch), 40503)) & 4
      return on ? [dark, dark, dark + 10] : [252, 252, 250]
    }
  },
  // waves and edges
  next => {
    const [f, g, h] = [next() * 0.5, next() * 0.5, next() * 60]
    return (x, y) => {
      const v = 128 + 80 * Math.sin(x * f + 3 * Math.sin(y * g)) + (x * 3 > y * 5 ? h : -h)
      return [v, v * 0.7 + next() * 12, 200 - v * 0.5]
    }
  },
]

const alphas: readonly ((
  next: () => number,
  width: number,
  height: number,
) => (x: number, y: number) => number)[] = [
  () => () => 255,
  () => () => 255,
  (_, width, height) => (x, y) =>
    Math.hypot(x - width / 2, y - height / 2) < Math.min(width, height) / 2 ? 255 : 0,
  (_, width) => x => (x / width) * 255,
  next => () => next() * 255,
  () => () => 0,
]

const pick = <T>(list: readonly T[], next: () => number): T => list[Math.floor(next() * list.length)] as T

/** A picture of any kind and size, and options, from a seed. */
export function fuzzCase(seed: number): { picture: Picture; quality: number; effort: number } {
  const next = random(seed)
  const side = () => (next() < 0.1 ? 1 + Math.floor(next() * 3) : 1 + Math.floor(next() * 180))
  const [width, height] = [side(), side()]
  const shade = pick(kinds, next)(next)
  const alpha = pick(alphas, next)(next, width, height)
  const rgba = new Uint8Array(width * height * 4)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [r, g, b] = shade(x, y).map(v => Math.max(0, Math.min(255, v)))
      rgba.set([r ?? 0, g ?? 0, b ?? 0, alpha(x, y)], (y * width + x) * 4)
    }
  }
  const quality = next() < 0.15 ? pick([0, 100], next) : Math.floor(next() * 101)
  return { picture: { rgba, width, height }, quality, effort: Math.floor(next() * 7) }
}
