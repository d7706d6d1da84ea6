// Mutations that know nothing of formats.

const TELLING = [0, 1, 2, 3, 4, 7, 8, 15, 16, 31, 32, 63, 64, 127, 128, 192, 254, 255]

/**
 * @typedef {object} Random
 * @property {() => number} next from 0 to 1, without 1
 * @property {(n: number) => number} below a whole number
 * @property {(p: number) => boolean} chance true with probability `p`
 * @property {<T>(list: readonly T[]) => T} pick
 */

/**
 * A seeded generator (xorshift32): a finding can be made again from its seed.
 * @param {number} seed
 * @returns {Random}
 */
export function generator(seed) {
  let x = seed | 0 || 1
  const next = () => {
    x ^= x << 13
    x ^= x >>> 17
    x ^= x << 5
    return (x >>> 0) / 2 ** 32
  }
  /** @param {number} n */
  const below = n => Math.floor(next() * n)
  return {
    next,
    below,
    chance: p => next() < p,
    pick: list => /** @type {(typeof list)[number]} */ (list[below(list.length)]),
  }
}

/** @param {Buffer} bytes @param {Random} random @returns {Buffer} */
function once(bytes, random) {
  const n = bytes.length
  if (n === 0) return bytes
  const at = random.below(n)
  const length = 1 + random.below(Math.min(32, n - at))
  switch (random.below(8)) {
    case 0:
      bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8))
      return bytes
    case 1:
      bytes[at] = random.pick(TELLING)
      return bytes
    case 2:
      bytes[at] = random.below(256)
      return bytes
    case 3:
      for (let i = at; i < at + Math.min(4, n - at); i++) bytes[i] = random.pick([0, 0, 255, 127, 1])
      return bytes
    case 4:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)])
    case 5:
      return Buffer.concat([bytes.subarray(0, at + length), bytes.subarray(at)])
    case 6:
      return Buffer.concat([bytes.subarray(0, at), Buffer.from([random.pick(TELLING)]), bytes.subarray(at)])
    default:
      return random.chance(0.1)
        ? Buffer.from(bytes.subarray(0, at))
        : Buffer.from(bytes.fill(bytes[at] ?? 0, at, at + length))
  }
}

/**
 * A changed copy.
 * @param {Uint8Array} bytes @param {Random} random
 * @param {number} [most] changes
 * @returns {Buffer}
 */
export function mutateBytes(bytes, random, most = 6) {
  /** @type {Buffer} */
  let copy = Buffer.from(bytes)
  for (let i = random.below(most); i >= 0; i--) copy = once(copy, random)
  return copy
}
