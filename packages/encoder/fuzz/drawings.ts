// Pictures for the lossless encoder: few colours and many, flats, shades, text, repetitions, noise; sides and
// palettes at their edges.
import type { Picture } from '../test/reconstruction.js'
import { random } from './pictures.js'

type Next = () => number
type Colour = readonly [number, number, number, number]
type Paint = (x: number, y: number) => Colour

const whole = (next: Next, below: number) => Math.floor(next() * below)
const anyColour = (next: Next): Colour => [whole(next, 256), whole(next, 256), whole(next, 256), 255]

/** Picture from a colour for each pixel. */
export function painted(width: number, height: number, paint: Paint): Picture {
  const rgba = new Uint8Array(width * height * 4)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) rgba.set(paint(x, y), (y * width + x) * 4)
  }
  return { rgba, width, height }
}

/** So many colours, each of them used if there are pixels enough: in turn, or wherever chance has it. */
export function ofColours(
  count: number,
  width: number,
  height: number,
  seed: number,
  shuffled = true,
): Picture {
  const next = random(seed)
  const palette = Array.from(
    { length: count },
    (_, i): Colour => [i & 255, (i * 7) & 255, (i >> 8) * 90, 255],
  )
  let i = 0
  return painted(
    width,
    height,
    () => palette[i < count || !shuffled ? i++ % count : whole(next, count)] as Colour,
  )
}

const kinds: readonly ((next: Next) => Paint)[] = [
  next => () => [whole(next, 256), whole(next, 256), whole(next, 256), 255],
  next => () => [whole(next, 256), whole(next, 256), whole(next, 256), whole(next, 256)],
  next => {
    const colour = anyColour(next)
    return () => colour
  },
  next => {
    const palette = Array.from({ length: 1 + whole(next, 300) }, () => anyColour(next))
    return () => palette[whole(next, palette.length)] as Colour
  },
  next => {
    const [palette, size] = [
      Array.from({ length: 1 + whole(next, 20) }, () => anyColour(next)),
      1 + whole(next, 9),
    ]
    const at = (x: number, y: number) =>
      Math.imul(Math.floor(x / size) + 31 * Math.floor(y / size), 2654435761) >>> 8
    return (x, y) => palette[at(x, y) % palette.length] as Colour
  },
  next => {
    const [a, b, c] = [whole(next, 5), whole(next, 5), whole(next, 5)]
    return (x, y) => [(a * x + b * y) & 255, (b * x + c * y) & 255, (c * x + a * y) & 255, 255]
  },
  next => {
    const [a, b] = [1 + whole(next, 4), 1 + whole(next, 4)]
    return (x, y) => [x * a, x * a, x * a, y * b].map(v => Math.min(255, v)) as unknown as Colour
  },
  next => {
    const grain = 1 + whole(next, 12)
    return (x, y) => {
      const v = 120 + 80 * Math.sin(x / 23) + 40 * Math.cos(y / 17) + whole(next, grain)
      return [v, v * 0.9, 255 - v, 255].map(Math.floor) as unknown as Colour
    }
  },
  next => {
    const [pitch, ink, paper] = [5 + whole(next, 12), anyColour(next), anyColour(next)]
    return (x, y) =>
      y % pitch < pitch - 2 && Math.imul((x % 40) + 1, 40503 * (1 + (y % pitch))) & 64 ? ink : paper
  },
  // colours under nothing
  next => (x, y) => [whole(next, 3) * 80, x & 255, y & 255, (x ^ y) & 16 ? 255 : 0],
]

const EDGES = [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33, 64]

/** A small picture of any kind, and an effort, from a seed. */
export function drawing(seed: number): { picture: Picture; effort: number } {
  const next = random(seed ^ 0x51ed)
  const side = () => (next() < 0.5 ? (EDGES[whole(next, EDGES.length)] ?? 1) : 1 + whole(next, 120))
  const [width, height] = [side(), side()]
  const paint = kinds[whole(next, kinds.length)]?.(next)
  if (!paint) throw new Error('no kind')
  return { picture: painted(width, height, paint), effort: whole(next, 7) }
}

/** Those that must be there whatever chance has: sides, palettes of every packing, every alpha. */
export function edges(): readonly (readonly [name: string, picture: Picture])[] {
  const shades: Paint = (x, y) => [x & 255, y & 255, (x + y) & 255, 255]
  const sides = [
    [1, 1],
    [1, 2],
    [2, 1],
    [1, 300],
    [300, 1],
    [16383, 1],
    [1, 16383],
    [16384, 2],
    [127, 3],
  ] as const
  return [
    ...sides.map(([w, h]) => [`${w} x ${h}`, painted(w, h, shades)] as const),
    ...[1, 2, 3, 4, 5, 16, 17, 255, 256, 257].flatMap(n => [
      [`${n} colours`, ofColours(n, 61, 43, n)] as const,
      [`${n} colours in turn`, ofColours(n, 64, 32, n, false)] as const,
    ]),
    ['every alpha', painted(256, 40, (x, y) => [y * 6, x, 255 - x, x])],
    ['nothing visible', painted(50, 50, (x, y) => [x, y, x ^ y, 0])],
    ['transparent black', painted(33, 20, () => [0, 0, 0, 0])],
    ['a gradient', painted(300, 200, (x, y) => [x >> 1, y, (x + y) >> 1, 255])],
    [
      'stripes over 4095 pixels apart',
      painted(4100, 3, (x, y) => (x === y ? [1, 2, 3, 255] : [9, 9, 9, 255])),
    ],
  ]
}
