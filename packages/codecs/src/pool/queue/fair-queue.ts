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

  /**
   * The next item of the key whose turn it is; that key's next turn comes after all others.
   * @param mayGo where it may not yet, it keeps its turn
   */
  shift(mayGo: (item: Item) => boolean = () => true): Item | undefined {
    const [turn] = this.#waiting
    if (!turn) return undefined
    const [key, own] = turn
    const [item] = own
    if (item === undefined || !mayGo(item)) return undefined
    own.shift()
    this.#waiting.delete(key)
    if (own.length > 0) this.#waiting.set(key, own)
    this.#length--
    return item
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
