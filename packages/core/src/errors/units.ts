import type { Counted } from './messages.js'

/** What the numbers of refusals count, beside bytes and times, which every language has words for (CLDR). */
export type Unit = 'files' | 'fields' | 'uploads' | 'frames' | 'scans' | 'pixels' | 'megapixels'

type Measure = Unit | 'bytes' | 'mebibytes' | 'seconds' | 'milliseconds'

/** Of each parameter that counts something; any other is said as it is. */
export const unitOf: Readonly<Record<string, Measure>> = {
  maxBytes: 'bytes',
  maxNameBytes: 'bytes',
  maxFieldBytes: 'bytes',
  metadataBytes: 'bytes',
  maxMetadataBytes: 'bytes',
  trailingBytes: 'bytes',
  maxPixels: 'pixels',
  totalPixels: 'pixels',
  maxTotalPixels: 'pixels',
  maxHeldBytes: 'bytes',
  maxFiles: 'files',
  maxHeldFiles: 'files',
  maxFields: 'fields',
  limit: 'uploads',
  maxFrames: 'frames',
  maxScans: 'scans',
  memoryMb: 'mebibytes',
  timeMs: 'milliseconds',
  retryAfter: 'seconds',
}

type Units = Readonly<Partial<Record<Unit, Counted>>>

/**
 * A number in a person's units: 8388608 bytes are "8 MB", 64,000,000 pixels "64 megapixels", 90 minutes "2 hours".
 * Limits are rounded down and everything else up, so that what a refusal promises is accepted, and no number of it
 * seems to be within its own limit.
 */
export function sayNumber(name: string, value: number, language: string, units: Units): string {
  const measure = Object.hasOwn(unitOf, name) ? unitOf[name] : undefined
  const round = name.startsWith('max') ? Math.floor : Math.ceil
  switch (measure) {
    case undefined:
      return String(value)
    case 'bytes':
      return saySize(value, language, round)
    case 'mebibytes':
      return saySize(value * 2 ** 20, language, round)
    case 'milliseconds':
      return sayUnit(value < 1000 ? value / 1000 : Math.round(value / 1000), 'second', language)
    case 'seconds':
      return sayWait(value, language)
    case 'pixels':
      return sayPixels(value, language, units, round)
    default:
      return sayCount(value, units[measure], language)
  }
}

type Round = (value: number) => number

/**
 * In units of 1024, called kB, MB and GB as in Windows and in the language's own abbreviation: what is promised so is
 * accepted also where a system counts in thousands.
 */
function saySize(bytes: number, language: string, round: Round): string {
  const power = bytes < 1024 ? 0 : bytes < 2 ** 20 ? 1 : bytes < 2 ** 30 ? 2 : 3
  const unit = ['byte', 'kilobyte', 'megabyte', 'gigabyte'][power] ?? 'byte'
  return sayUnit(tenths(bytes / 1024 ** power, round), unit, language)
}

/** A wait is rounded up: whoever comes back then is let in. */
function sayWait(seconds: number, language: string): string {
  if (seconds <= 90) return sayUnit(Math.ceil(seconds), 'second', language)
  if (seconds <= 90 * 60) return sayUnit(Math.ceil(seconds / 60), 'minute', language)
  return sayUnit(Math.ceil(seconds / 3600), 'hour', language)
}

function sayPixels(pixels: number, language: string, units: Units, round: Round): string {
  const { pixels: all, megapixels } = units
  if (pixels < 1_000_000) return sayCount(pixels, all, language)
  if (megapixels !== undefined) return sayCount(tenths(pixels / 1_000_000, round), megapixels, language)
  // Chinese and Japanese count in ten thousands.
  const tenThousands = round(pixels / 10_000) * 10_000
  return sayCount(tenThousands, all, language, { notation: 'compact', maximumFractionDigits: 0 })
}

function sayCount(
  value: number,
  counted: Counted | undefined,
  language: string,
  options: Intl.NumberFormatOptions = {},
): string {
  const number = numberFormat(language, { maximumFractionDigits: 1, ...options }).format(value)
  if (counted === undefined) return number
  const [one, other] = typeof counted === 'string' ? [counted, counted] : counted
  const form = new Intl.PluralRules(language).select(value) === 'one' ? one : other
  return form.replace('{n}', () => number)
}

function sayUnit(value: number, unit: string, language: string): string {
  // "8 MB" is what everybody reads; "B" and "s" are not.
  const unitDisplay = /^(?:kilo|mega|giga)byte$/.test(unit) ? 'short' : 'long'
  return numberFormat(language, { style: 'unit', unit, unitDisplay, maximumFractionDigits: 2 }).format(value)
}

/** By language and options. Both are of catalogues and of this file, so that they are few. */
const numberFormats = new Map<string, Intl.NumberFormat>()

/** A new one takes longer than everything else about a refusal, of which a flood has many. */
function numberFormat(language: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = JSON.stringify([language, options])
  const known = numberFormats.get(key) ?? new Intl.NumberFormat(language, options)
  numberFormats.set(key, known)
  return known
}

function tenths(value: number, round: Round): number {
  return round(value * 10) / 10
}
