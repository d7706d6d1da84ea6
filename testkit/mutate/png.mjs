// Mutations that keep a PNG's outer layers in order, so that the inner ones are reached.
import { constants, crc32, deflateSync, inflateSync } from 'node:zlib'
import { mutateBytes } from './bytes.mjs'

/** @typedef {import('./bytes.mjs').Random} Random */
/** @typedef {{ readonly type: string, readonly data: Buffer }} Chunk */

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10])

/** @param {Buffer} file */
function split(file) {
  /** @type {Chunk[]} */
  const chunks = []
  for (let p = 8; p + 12 <= file.length; ) {
    const length = file.readUInt32BE(p)
    if (p + 12 + length > file.length) break
    chunks.push({
      type: file.toString('latin1', p + 4, p + 8),
      data: Buffer.from(file.subarray(p + 8, p + 8 + length)),
    })
    p += 12 + length
  }
  return chunks
}

/** @param {readonly Chunk[]} chunks @param {Random} random */
function join(chunks, random) {
  /** @type {Buffer[]} */
  const parts = [SIGNATURE]
  for (const { type, data } of chunks) {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
    const length = Buffer.alloc(4)
    length.writeUInt32BE(data.length)
    const sum = Buffer.alloc(4)
    sum.writeUInt32BE(random.chance(0.02) ? 0 : crc32(body))
    parts.push(length, body, sum)
  }
  return Buffer.concat(parts)
}

/**
 * Changes the scanlines themselves: filters, indices, samples, too few or too many of them.
 * @param {readonly Chunk[]} chunks @param {Random} random
 * @returns {readonly Chunk[]}
 */
function rewriteScanlines(chunks, random) {
  const first = chunks.findIndex(c => c.type === 'IDAT')
  if (first < 0) return chunks
  const idat = Buffer.concat(chunks.filter(c => c.type === 'IDAT').map(c => c.data))
  /** @type {Buffer} */
  let raw
  try {
    raw = inflateSync(idat, { finishFlush: constants.Z_SYNC_FLUSH })
  } catch {
    return chunks
  }
  const zlib = deflateSync(mutateBytes(raw, random, 12), {
    level: random.pick([0, 1, 6, 9]),
    strategy: random.pick([
      constants.Z_DEFAULT_STRATEGY,
      constants.Z_FIXED,
      constants.Z_HUFFMAN_ONLY,
      constants.Z_RLE,
    ]),
    memLevel: 1 + random.below(9),
  })
  /** @type {Chunk[]} */
  const pieces = []
  for (let p = 0; p < zlib.length; ) {
    const n = random.chance(0.5) ? zlib.length : random.below(64)
    pieces.push({ type: 'IDAT', data: Buffer.from(zlib.subarray(p, p + n)) })
    p += n
  }
  const rest = chunks.filter(c => c.type !== 'IDAT')
  return [...rest.slice(0, first), ...pieces, ...rest.slice(first)]
}

/** @param {readonly Chunk[]} chunks @param {Random} random @returns {readonly Chunk[]} */
function reshape(chunks, random) {
  const i = random.below(chunks.length)
  const chunk = chunks[i]
  const [first, ...others] = chunks
  if (!chunk || !first) return chunks
  switch (random.below(8)) {
    case 0:
      return chunks.filter((_, k) => k !== i)
    case 1:
      return [...chunks.slice(0, i + 1), chunk, ...chunks.slice(i + 1)]
    case 2: {
      const j = random.below(chunks.length)
      return chunks.map((c, k) => (k === i ? (chunks[j] ?? c) : k === j ? chunk : c))
    }
    case 3:
      return [{ ...first, data: header(first.data, random) }, ...others]
    case 4:
    case 5:
      return rewriteScanlines(chunks, random)
    default:
      return chunks.map((c, k) => (k === i ? { ...c, data: mutateBytes(c.data, random) } : c))
  }
}

/**
 * Another colour type, depth, interlace or a size near the old one.
 * @param {Buffer} data
 * @param {Random} random
 */
function header(data, random) {
  const ihdr = Buffer.from(data)
  if (ihdr.length !== 13) return ihdr
  const { type, depths } = random.pick([
    { type: 0, depths: [1, 2, 4, 8, 16] },
    { type: 2, depths: [8, 16] },
    { type: 3, depths: [1, 2, 4, 8] },
    { type: 4, depths: [8, 16] },
    { type: 6, depths: [8, 16] },
  ])
  if (random.chance(0.7)) {
    ihdr[8] = random.pick(depths)
    ihdr[9] = type
  }
  if (random.chance(0.5)) ihdr[12] = random.below(2)
  if (random.chance(0.3)) ihdr.writeUInt32BE(1 + random.below(80), random.pick([0, 4]))
  return ihdr
}

/**
 * Half of the time any bytes change; else chunks do, with right checksums around them.
 * @param {Buffer} file @param {Random} random
 * @returns {Buffer}
 */
export function mutatePng(file, random) {
  if (random.chance(0.5)) {
    const changed = mutateBytes(file, random)
    return random.chance(0.5) && changed.length > 8 ? join(split(changed), random) : changed
  }
  /** @type {readonly Chunk[]} */
  let chunks = split(file)
  for (let i = random.below(4); i >= 0 && chunks.length > 0; i--) chunks = reshape(chunks, random)
  return join(chunks, random)
}
