/** A policy that cannot be: thrown at start, names the setting. */
export class PolicyError extends Error {
  override readonly name = 'PolicyError'
  constructor(
    /** Path of the setting, such as `variants.thumb.maxWidth`. */
    readonly setting: string,
    problem: string,
  ) {
    super(`policy: ${setting} ${problem}`)
  }
}
