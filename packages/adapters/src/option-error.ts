/** Options that cannot be: thrown at start, names the option. */
export class OptionError extends Error {
  override readonly name = 'OptionError'
  constructor(
    readonly option: string,
    problem: string,
  ) {
    super(`upload options: ${option} ${problem}`)
  }
}
