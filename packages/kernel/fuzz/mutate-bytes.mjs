// Mutations that know nothing of formats.

const TELLING = [0, 1, 2, 3, 4, 7, 8, 15, 16, 31, 32, 63, 64, 127, 128, 192, 254, 255]

/** A seeded generator (xorshift32): a finding can be made again from its seed. */
export function generator(seed) {
  let x = seed | 0 || 1
  const next = () => {
    x ^= x << 13
    x ^= x >>> 17
    x ^= x << 5
    return (x >>> 0) / 2 ** 32
  }
  const below = n => Math.floor(next() * n)
  return { next, below, chance: p => next() < p, pick: list => list[below(list.length)] }
}

function once(bytes, random) {
  const n = bytes.length
  if (n === 0) return bytes
  const at = random.below(n)
  const length = 1 + random.below(Math.min(32, n - at))
  switch (random.below(8)) {
    case 0:
      bytes[at] ^= 1 << random.below(8)
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
        : Buffer.from(bytes.fill(bytes[at], at, at + length))
  }
}

/** A changed copy. */
export function mutateBytes(bytes, random, most = 6) {
  let copy = Buffer.from(bytes)
  for (let i = random.below(most); i >= 0; i--) copy = once(copy, random)
  return copy
}
