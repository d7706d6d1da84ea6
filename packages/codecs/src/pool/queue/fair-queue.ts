/**
 * What may be said of an item whose turn it is. Where it may not go yet, it keeps its turn: with `pass` the next key is
 * asked, with `wait` nobody overtakes it.
 */
export type Verdict = 'go' | 'pass' | 'wait'

/** Round robin over keys, first in, first out within one: who sends much waits behind their own. */
export class FairQueue<Item> {
  readonly #waiting = new Map<string, Item[]>()
  #length = 0

  get length(): number {
    return this.#length
  }

  /** How many items would be taken before one of this key that comes now. */
  before(key: string): number {
    const own = this.#waiting.get(key)?.length ?? 0
    let before = own
    for (const [other, { length }] of this.#waiting) if (other !== key) before += Math.min(length, own + 1)
    return before
  }

  push(key: string, item: Item): void {
    const own = this.#waiting.get(key)
    if (own) own.push(item)
    else this.#waiting.set(key, [item])
    this.#length++
  }

  /** The next item of the first key, by their turns, that may go; that key's next turn comes after all others. */
  shift(verdictOn: (item: Item) => Verdict = () => 'go'): Item | undefined {
    for (const [key, own] of this.#waiting) {
      const [item] = own
      if (item === undefined) return undefined
      const verdict = verdictOn(item)
      if (verdict === 'pass') continue
      if (verdict === 'wait') return undefined
      own.shift()
      this.#waiting.delete(key)
      if (own.length > 0) this.#waiting.set(key, own)
      this.#length--
      return item
    }
    return undefined
  }

  /** Takes an item out, for who does not want to wait any more. */
  remove(key: string, item: Item): void {
    const own = this.#waiting.get(key) ?? []
    const index = own.indexOf(item)
    if (index < 0) return
    own.splice(index, 1)
    this.#length--
    // A key of every address that ever came would be a leak.
    if (own.length === 0) this.#waiting.delete(key)
  }
}
