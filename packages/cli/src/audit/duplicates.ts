import { hashesIn } from '../lists/sums.js'

/** Fingerprints at once, of 8 bytes each in a table of twice as many: 24 MiB. More files take another pass. */
const fingerprintsAPass = 1_500_000

export interface Duplicate {
  readonly key: string
  /** The one before it in the order of keys. */
  readonly other: string
}

/**
 * Keys with the same content. Memory does not grow with the list: 64 bits of each hash are looked at first, part after
 * part, then the lines of those that came twice.
 * @param path of a list like `sha256sum`'s
 */
export async function* findDuplicates(path: string, lines: number): AsyncGenerator<Duplicate> {
  const passes = Math.max(1, Math.ceil(lines / fingerprintsAPass))
  for (let pass = 0; pass < passes; pass++) {
    const isMine = (hash: string) => Number.parseInt(hash.slice(16, 24), 16) % passes === pass
    const twice = await findTwice(path, lines, isMine)
    if (twice.size === 0) continue
    const seen = new Map<string, string>()
    for await (const { hash, key } of hashesIn(path)) {
      if (!twice.has(hash.slice(0, 16))) continue
      const other = seen.get(hash)
      if (other !== undefined) yield { key, other }
      else seen.set(hash, key)
    }
  }
}

async function findTwice(
  path: string,
  lines: number,
  isMine: (hash: string) => boolean,
): Promise<ReadonlySet<string>> {
  const seen = new Fingerprints(Math.min(lines, fingerprintsAPass))
  const twice = new Set<string>()
  for await (const { hash } of hashesIn(path))
    if (isMine(hash) && !seen.add(hash)) twice.add(hash.slice(0, 16))
  return twice
}

/** A hash table with open addressing: no object for each of a million entries. */
class Fingerprints {
  readonly #slots: Uint32Array
  readonly #mask: number

  constructor(entries: number) {
    const slots = 2 ** Math.ceil(Math.log2(entries * 1.3 + 2))
    this.#slots = new Uint32Array(2 * slots)
    this.#mask = slots - 1
  }

  /** @returns false where it was there */
  add(hash: string): boolean {
    // Zero is an empty slot.
    const high = Number.parseInt(hash.slice(0, 8), 16) || 1
    const low = Number.parseInt(hash.slice(8, 16), 16)
    for (let slot = low & this.#mask; ; slot = (slot + 1) & this.#mask) {
      const there = this.#slots[2 * slot]
      if (there === high && this.#slots[2 * slot + 1] === low) return false
      if (there !== 0) continue
      this.#slots[2 * slot] = high
      this.#slots[2 * slot + 1] = low
      return true
    }
  }
}
