import { nameHint } from '@sluice/core'
import type { WorkersOptions } from './workers.js'

// Tied to the type: a name too many or too few does not compile.
const names = {
  size: true,
  maxQueue: true,
  maxReserved: true,
  timeMs: true,
  memoryMb: true,
  maxWaitMs: true,
  codecVersion: true,
  reads: true,
  writes: true,
  onEnd: true,
} satisfies Record<keyof WorkersOptions, true>

/**
 * @param caller which the message begins with
 * @param more options of it alone
 * @throws TypeError at a name that is no option, with the nearest that is one: a limit that is misspelt would be none
 */
export function checkNames(caller: string, options: object, more: readonly string[] = []): void {
  const known = [...Object.keys(names), ...more]
  const unknown = Object.keys(options).find(name => !known.includes(name))
  if (unknown === undefined) return
  throw new TypeError(`${caller}: ${unknown} is not an option; ${nameHint('options', unknown, known)}`)
}

export function check(name: keyof WorkersOptions, value: number, least: number): void {
  if (!(value >= least)) throw new TypeError(`workers: ${name} must be at least ${least}, not ${value}`)
}

export function checkInteger(name: keyof WorkersOptions, value: number, least: number): void {
  check(name, value, least)
  if (!Number.isInteger(value)) throw new TypeError(`workers: ${name} must be a whole number, not ${value}`)
}
