import { definePolicy, nameHint } from '@sluice/core'
import { OptionError } from '../option-error.js'

/** @throws OptionError at a name that is no option: a limit that is misspelt would be none */
export function checkNames(path: string, given: unknown, known: Readonly<Record<string, true>>): void {
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw new OptionError(path.slice(0, -1) || 'options', 'must be an object')
  const unknown = Object.keys(given).find(name => !Object.hasOwn(known, name))
  if (unknown === undefined) return
  const names = Object.keys(known)
  if (Object.hasOwn(known, 'policy') && Object.hasOwn(definePolicy(), unknown))
    throw new OptionError(path + unknown, `is a setting of the policy: policy: { ${unknown}: ... }`)
  throw new OptionError(path + unknown, `is not an option; ${nameHint('options', unknown, names, path)}`)
}

/** @throws OptionError where the value is none from `min` to `max` */
export function whole(
  name: string,
  given: number | undefined,
  fallback: number,
  min: number,
  max: number,
): number {
  const value = given ?? fallback
  if (Number.isSafeInteger(value) && value >= min && value <= max) return value
  throw new OptionError(name, `must be a whole number from ${min} to ${max}`)
}

/** @throws OptionError */
export function oneOf<Choice extends string>(
  name: string,
  given: Choice | undefined,
  fallback: Choice,
  choices: readonly Choice[],
): Choice {
  const value = given ?? fallback
  if (choices.includes(value)) return value
  throw new OptionError(name, `must be one of ${choices.join(', ')}`)
}

/** @throws OptionError */
export function flag(name: string, given: boolean | undefined, fallback: boolean): boolean {
  const value = given ?? fallback
  if (typeof value === 'boolean') return value
  throw new OptionError(name, 'must be true or false')
}

/** @throws OptionError where something that is no function would be called at the first upload */
export function callable(name: string, given: unknown): void {
  if (given !== undefined && typeof given !== 'function') throw new OptionError(name, 'must be a function')
}

/** @throws OptionError where something lacks what will be called at the first upload */
export function hasMethods(name: string, given: unknown, methods: readonly string[], what: string): void {
  const has = (method: string) =>
    typeof given === 'object' &&
    given !== null &&
    method in given &&
    typeof given[method as never] === 'function'
  const missing = methods.find(method => !has(method))
  if (missing !== undefined) throw new OptionError(name, `must be ${what}: it has no ${missing}()`)
}
