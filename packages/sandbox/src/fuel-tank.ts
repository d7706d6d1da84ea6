import type { Limits } from './limits.js'

/**
 * What hardening adds to the exports of a module that it meters, and what our own modules have from their
 * sources.
 */
interface Metered {
  readonly fuel: { value: bigint }
}

/**
 * The fuel of one instance. Instances of one image take turns, and each may spend only what the others have
 * left: that is looked at before each call, and told after it.
 */
export class FuelTank {
  readonly #gauge: Metered['fuel']
  readonly #limits: Limits
  #filled: number
  #told = 0
  /** Calls of the host into the instance that have not ended: glue nests them. */
  #running = 0
  #since = 0

  /**
   * Fills the tank.
   * @param exports of the instance
   * @throws TypeError where the module is not metered: nothing would end it
   */
  constructor(exports: object, limits: Limits) {
    if (!isMetered(exports)) throw new TypeError('the module does not count fuel')
    this.#gauge = exports.fuel
    this.#limits = limits
    this.#filled = limits.fuel
    this.#gauge.value = BigInt(limits.fuel)
  }

  /** Negative when it was used up. */
  get left(): number {
    return Number(this.#gauge.value)
  }

  get used(): number {
    return this.#filled - this.left
  }

  /** Takes out what others have spent meanwhile. Before each call. */
  ready(): void {
    if (this.#running === 0) this.#since = performance.now()
    this.#running += 1
    const excess = this.left - (this.#limits.left?.() ?? Number.POSITIVE_INFINITY)
    if (excess <= 0) return
    this.#gauge.value -= BigInt(excess)
    this.#filled -= excess
  }

  /** Says what was spent. After each call. */
  tell(): void {
    this.#running -= 1
    const { used } = this
    if (used === this.#told) return
    const now = performance.now()
    this.#limits.onFuel?.(used - this.#told, now - this.#since)
    this.#told = used
    this.#since = now
  }

  /** Takes fuel for work that the host does on behalf of the module. @returns whether it was there */
  burn(units: number): boolean {
    this.#gauge.value -= BigInt(units)
    return this.left >= 0
  }
}

function isMetered(exports: object): exports is Metered {
  return 'fuel' in exports
}
