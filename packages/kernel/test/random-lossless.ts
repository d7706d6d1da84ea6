// Legal lossless streams (RFC 9649, 3) that no encoder writes: any transforms in any order, tiles of every size, codes of
// any shape, copies and colours of the cache wherever they may be.
import { generator, type Random } from '@sluice/testkit/mutate/bytes'
import { type Fields, vp8l, webpFile } from './webp-file.js'

type Field = Fields[number]

interface PrefixCode {
  readonly symbols: readonly number[]
  /** How it is written in the stream, and each of its symbols. */
  readonly fields: Fields
  word(symbol: number): Field
}

const LENGTHS_IN_ORDER = [17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]
const reverse = (value: number, bits: number) =>
  Array.from({ length: bits }, (_, i) => ((value >> i) & 1) << (bits - 1 - i)).reduce((a, b) => a | b, 0)

/** Lengths of a complete code for so many symbols: leaves of a tree that are split at random. */
function treeLengths(count: number, random: Random): number[] {
  const leaves = [0]
  while (leaves.length < count) {
    const at = random.below(leaves.length)
    const depth = (leaves[at] ?? 0) + 1
    if (depth > 15) continue
    leaves.splice(at, 1, depth, depth)
  }
  return leaves
}

/** Every length is written in four bits: a code of 16 lengths of four bits each. */
function prefixCode(symbols: readonly number[], alphabet: number, random: Random): PrefixCode {
  const lengths = new Array<number>(alphabet).fill(0)
  const tree = treeLengths(symbols.length, random)
  symbols.forEach((symbol, i) => {
    lengths[symbol] = symbols.length === 1 ? 1 + random.below(15) : (tree[i] ?? 0)
  })
  const words = new Map<number, Field>()
  for (let length = 1, code = 0; length <= 15; length++, code <<= 1) {
    lengths.forEach((l, symbol) => {
      if (l === length) words.set(symbol, [reverse(code++, length), length])
    })
  }
  const fields: Field[] = [
    [0, 1],
    [15, 4],
    ...LENGTHS_IN_ORDER.map(symbol => [symbol < 16 ? 4 : 0, 3] as const),
    [0, 1],
    ...lengths.map(length => [reverse(length, 4), 4] as const),
  ]
  const nothing = [0, 0] as const
  return {
    symbols,
    fields,
    word: symbol => (symbols.length === 1 ? nothing : (words.get(symbol) ?? nothing)),
  }
}

function subset(values: readonly number[], random: Random, most: number): number[] {
  const count = 1 + random.below(Math.min(most, values.length))
  return [...new Set(Array.from({ length: count }, () => random.pick(values)))]
}

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i)

interface Group {
  readonly literals: readonly number[]
  readonly copies: readonly number[]
  readonly places: readonly number[]
  readonly codes: readonly [PrefixCode, PrefixCode, PrefixCode, PrefixCode, PrefixCode]
}

function randomGroup(cacheBits: number, random: Random): Group {
  const bytes = range(0, 256)
  const literals = subset(bytes, random, random.pick([1, 256]))
  const copies = random.chance(0.3) ? [] : subset(range(256, 262), random, 4)
  const places = !cacheBits ? [] : subset(range(280, 280 + 2 ** cacheBits), random, 40)
  const channel = () => prefixCode(subset(bytes, random, random.pick([1, 2, 200])), 256, random)
  const green = prefixCode([...literals, ...copies, ...places], 280 + (cacheBits && 2 ** cacheBits), random)
  const distances = prefixCode(subset(range(0, 14), random, 6), 40, random)
  return { literals, copies, places, codes: [green, channel(), channel(), channel(), distances] }
}

/** 5.2.2: how many extra bits a prefix symbol has, and what value it stands for with them. */
const extraBits = (symbol: number) => (symbol < 4 ? 0 : (symbol - 2) >> 1)
const prefixValue = (symbol: number, extra: number) =>
  symbol < 4 ? symbol + 1 : ((2 + (symbol & 1)) << extraBits(symbol)) + extra + 1

/** Far enough for every place near by in pictures as small as these. */
const mostBack = (code: number, width: number) => (code > 120 ? code - 120 : 7 * width + 8)

function pixels(
  width: number,
  height: number,
  groupAt: (x: number, y: number) => Group,
  random: Random,
): Field[] {
  const fields: Field[] = []
  const total = width * height
  for (let at = 0; at < total; ) {
    const { literals, copies, places, codes } = groupAt(at % width, Math.floor(at / width))
    const [green, red, blue, alpha, distance] = codes
    if (copies.length > 0 && random.chance(0.3)) {
      const [symbol, back] = [random.pick(copies), random.pick(distance.symbols)]
      const [lengthExtra, backExtra] = [symbol - 256, back].map(s => random.below(2 ** extraBits(s))) as [
        number,
        number,
      ]
      const length = prefixValue(symbol - 256, lengthExtra)
      if (at + length <= total && mostBack(prefixValue(back, backExtra), width) <= at) {
        fields.push(green.word(symbol), [lengthExtra, extraBits(symbol - 256)])
        fields.push(distance.word(back), [backExtra, extraBits(back)])
        at += length
        continue
      }
    }
    if (places.length > 0 && random.chance(0.3)) fields.push(green.word(random.pick(places)))
    else {
      fields.push(green.word(random.pick(literals)))
      for (const code of [red, blue, alpha]) fields.push(code.word(random.pick(code.symbols)))
    }
    at++
  }
  return fields
}

const cacheFields = (bits: number): Fields =>
  bits
    ? [
        [1, 1],
        [bits, 4],
      ]
    : [[0, 1]]
const randomCache = (random: Random) => (random.chance(0.5) ? 1 + random.below(11) : 0)
const tiles = (size: number, bits: number) => Math.ceil(size / 2 ** bits)

/** A picture of tiles or a palette. */
function subImage(width: number, height: number, random: Random): Field[] {
  const bits = randomCache(random)
  const only = randomGroup(bits, random)
  return [
    ...cacheFields(bits),
    ...only.codes.flatMap(code => code.fields),
    ...pixels(width, height, () => only, random),
  ]
}

function mainImage(width: number, height: number, random: Random): Field[] {
  const bits = randomCache(random)
  if (random.chance(0.4)) {
    const only = randomGroup(bits, random)
    const codes = only.codes.flatMap(code => code.fields)
    return [...cacheFields(bits), [0, 1], ...codes, ...pixels(width, height, () => only, random)]
  }
  const tileBits = 2 + random.below(8)
  const wide = tiles(width, tileBits)
  // The numbers of the groups are literals of green alone, the largest first, so that there are as many as are written.
  const map = Array.from({ length: wide * tiles(height, tileBits) }, (_, i) =>
    i === 0 ? 5 : random.below(6),
  )
  const numbers = prefixCode(range(0, 6), 280, random)
  const zero = prefixCode([0], 256, random)
  const first = randomGroup(bits, random)
  const groups = [first, ...range(1, 6).map(() => randomGroup(bits, random))]
  return [
    ...cacheFields(bits),
    [1, 1],
    [tileBits - 2, 3],
    [0, 1],
    ...[numbers, zero, zero, zero, prefixCode([0], 40, random)].flatMap(code => code.fields),
    ...map.map(number => numbers.word(number)),
    ...groups.flatMap(({ codes }) => codes.flatMap(code => code.fields)),
    ...pixels(
      width,
      height,
      (x, y) => groups[map[(y >> tileBits) * wide + (x >> tileBits)] ?? 0] ?? first,
      random,
    ),
  ]
}

const [PREDICTOR, CROSS_COLOUR, SUBTRACT_GREEN, PALETTE] = [0, 1, 2, 3]

/** A file with one picture. */
export function randomLossless(seed: number): Uint8Array {
  const random = generator(Math.imul(seed, 0x9e3779b1))
  const [width, height] = [1 + random.below(random.pick([4, 70])), 1 + random.below(random.pick([4, 50]))]
  const stream: Field[] = []
  let coded = width
  const left = [PREDICTOR, CROSS_COLOUR, SUBTRACT_GREEN, PALETTE]
  while (left.length > 0 && random.chance(0.7)) {
    const [kind] = left.splice(random.below(left.length), 1)
    stream.push([1, 1], [kind ?? 0, 2])
    if (kind === PALETTE) {
      const colours = 1 + random.below(random.pick([2, 4, 16, 256]))
      stream.push([colours - 1, 8], ...subImage(colours, 1, random))
      coded = tiles(coded, colours > 16 ? 0 : colours > 4 ? 1 : colours > 2 ? 2 : 3)
    } else if (kind !== SUBTRACT_GREEN) {
      const bits = 2 + random.below(8)
      stream.push([bits - 2, 3], ...subImage(tiles(coded, bits), tiles(height, bits), random))
    }
  }
  stream.push([0, 1], ...mainImage(coded, height, random))
  return webpFile(vp8l(width, height, stream))
}
