import { InvalidArgumentError } from 'commander'

/** A number of things at the same time. */
export function parseJobs(text: string): number {
  if (!/^[1-9]\d?$/.test(text)) throw new InvalidArgumentError('It must be a whole number from 1 to 99.')
  return Number(text)
}
