import { InvalidArgumentError } from 'commander'

/** A number of things at the same time. */
export function parseJobs(text: string): number {
  if (!/^[1-9]\d?$/.test(text)) throw new InvalidArgumentError('It must be a whole number from 1 to 99.')
  return Number(text)
}

/** A time in hours, up to a year. */
export function parseHours(text: string): number {
  const hours = Number(text)
  if (!/^\d{1,4}(?:\.\d{1,3})?$/.test(text) || hours > 8784)
    throw new InvalidArgumentError('It must be a number of hours from 0 to 8784.')
  return hours
}
