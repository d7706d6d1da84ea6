/**
 * The work on one image in milliseconds of the machine that prices are made for, against the policy's `timeMs`. All
 * that serves an image shares it: three hundred frames may not take three hundred times what one may. It is counted,
 * not measured, so it is the same on every run and every runtime.
 */
export class TimeBudget {
  #spentMs = 0

  constructor(readonly timeMs: number) {}

  /** What may still be done. Not below 0. */
  get leftMs(): number {
    return Math.max(0, this.timeMs - this.#spentMs)
  }

  get isSpent(): boolean {
    return this.#spentMs > this.timeMs
  }

  charge(ms: number): void {
    this.#spentMs += ms
  }
}
