/**
 * What ends at a time of its own, in milliseconds of Date.now(), and is forgotten then. Of more than `most`, those that
 * were set least recently are forgotten before.
 */
export class TtlMap<Entry extends { readonly end: number }> {
  /** Least recently set first: a Map keeps the order of insertion. */
  readonly #entries = new Map<string, Entry>()
  readonly #most: number

  constructor(most: number) {
    this.#most = most
  }

  get size(): number {
    return this.#entries.size
  }

  get(key: string): Entry | undefined {
    const entry = this.#entries.get(key)
    return entry && entry.end > Date.now() ? entry : undefined
  }

  set(key: string, entry: Entry): void {
    this.#entries.delete(key)
    this.#entries.set(key, entry)
    const now = Date.now()
    for (const [oldest, { end }] of this.#entries) {
      if (end > now && this.size <= this.#most) return
      this.#entries.delete(oldest)
    }
  }
}
