import { mutateBytes } from './bytes.mjs'
import { containerOf } from './containers.mjs'

/**
 * @typedef {import('./bytes.mjs').Random} Random
 * @typedef {import('./containers.mjs').Part} Part
 * @typedef {import('./containers.mjs').Container} Container
 */

/** Numbers at the edges of what fields hold. */
const telling = [
  0, 1, 2, 7, 8, 0x7f, 0x80, 0xff, 0x100, 0x7fff, 0x8000, 0xffff, 0x10000, 0x3fffffff, 0x7fffffff, 0x80000000,
  0xffffffff,
] // prettier-ignore

/** What repetitions of a part come to at most. */
const maxRepeatedBytes = 2 ** 20

/**
 * Changes parts of an image and leaves its outer layer whole, so that the inner ones are reached; sometimes any bytes.
 * @param {Uint8Array} bytes
 * @param {Random} random
 * @param {readonly Uint8Array[]} pool others, to take parts from
 */
export function mutateImage(bytes, random, pool) {
  const container = containerOf(bytes)
  if (!container || random.chance(0.25)) return new Uint8Array(mutateBytes(bytes, random))
  const changed = mutateParts(bytes, container, random, pool)
  return random.chance(0.1) ? new Uint8Array(mutateBytes(changed, random, 2)) : changed
}

/**
 * @param {Uint8Array} bytes
 * @param {Container} container
 * @param {Random} random
 * @param {readonly Uint8Array[]} pool
 */
function mutateParts(bytes, container, random, pool) {
  let parts = container.split(bytes)
  for (let change = random.below(4); change >= 0 && parts.length > 0; change--)
    parts = reshape(parts, container, random, pool)
  return container.join(parts)
}

/**
 * @param {Part[]} parts
 * @param {Container} container
 * @param {Random} random
 * @param {readonly Uint8Array[]} pool
 * @returns {Part[]}
 */
function reshape(parts, container, random, pool) {
  const at = random.below(parts.length)
  const part = parts[at]
  if (!part) return parts
  const before = parts.slice(0, at)
  const behind = parts.slice(at + 1)
  switch (random.below(8)) {
    case 0:
      return [...before, ...behind]
    case 1:
      return [...before, ...Array(1 + (random.chance(0.1) ? times(part, random) : 1)).fill(part), ...behind]
    case 2:
      return [...before, random.pick(parts), ...behind]
    case 3: {
      const other = random.pick(pool)
      return container.matches(other)
        ? [...before, part, random.pick(container.split(other)) ?? part, ...behind]
        : parts
    }
    case 4:
    case 5:
      return [...before, { ...part, data: setNumber(part.data, random) }, ...behind]
    default:
      return [...before, { ...part, data: mutateData(part, random, pool) }, ...behind]
  }
}

/** How often a part is repeated: a large one less often. @param {Part} part @param {Random} random */
function times({ data }, random) {
  return Math.min(random.below(400), Math.floor(maxRepeatedBytes / (data.length + 1)))
}

/** @param {Part} part @param {Random} random @param {readonly Uint8Array[]} pool */
function mutateData({ data, inner }, random, pool) {
  return inner ? mutateParts(data, inner, random, pool) : new Uint8Array(mutateBytes(data, random, 3))
}

/**
 * Writes a telling number of 1, 2 or 4 bytes, in either order, mostly near the start, where the fields are.
 * @param {Uint8Array} data @param {Random} random
 */
function setNumber(data, random) {
  const length = random.pick([1, 2, 4])
  if (data.length < length) return data
  const copy = Buffer.from(data)
  const last = copy.length - length + 1
  const at = random.below(random.chance(0.8) ? Math.min(32, last) : last)
  const value = random.pick(telling) % 256 ** length
  if (random.chance(0.5)) copy.writeUIntBE(value, at, length)
  else copy.writeUIntLE(value, at, length)
  return new Uint8Array(copy)
}
