import { formats, formatTable } from '../formats/format.js'
import { parseByteSize } from '../text/byte-size.js'
import { nameHint } from '../text/nearest-name.js'
import { PolicyError } from './policy-error.js'
import { imageRules, type SettingRule } from './setting-rules.js'
import { type ImageSettings, imageDefaults, type PolicySettings } from './settings.js'

/** What somebody wrote: a file or another language may hold anything. */
export type Given = Readonly<Record<string, unknown>>

/**
 * Every setting that has a rule: as it was given, where its rule allows that, else its default.
 * @param path stands before the names of settings in errors
 * @throws PolicyError
 */
export function fillSettings<Settings extends object>(
  path: string,
  rules: Readonly<Record<keyof Settings, SettingRule>>,
  defaults: Settings,
  given: Given,
): Settings {
  const unknown = Object.keys(given).find(name => !Object.hasOwn(rules, name))
  if (unknown !== undefined) throw unknownSetting(path, unknown, Object.keys(rules))
  const checked = Object.entries<SettingRule>(rules).flatMap(([name, rule]) =>
    given[name] === undefined ? [] : [[name, checkSetting(path + name, rule, given[name])]],
  )
  return { ...defaults, ...Object.fromEntries(checked) }
}

function unknownSetting(path: string, unknown: string, names: readonly string[]): PolicyError {
  return new PolicyError(path + unknown, `is not a setting; ${nameHint('settings', unknown, names, path)}`)
}

const amounts = {
  bytes: "whole bytes or text such as '8 MiB'",
  integer: 'a whole number',
  number: 'a number',
} as const

function checkSetting(path: string, rule: SettingRule, value: unknown): unknown {
  switch (rule.kind) {
    case 'bytes':
    case 'integer':
    case 'number': {
      const amount = rule.kind === 'bytes' && typeof value === 'string' ? parseByteSize(value) : value
      const fits = typeof amount === 'number' && amount >= rule.min && amount <= rule.max
      if (fits && (rule.kind === 'number' || Number.isSafeInteger(amount))) return amount
      const range = `${amounts[rule.kind]} from ${rule.min} to ${rule.max}`
      throw new PolicyError(path, `must be ${range}, not ${show(value)}`)
    }
    case 'choice':
      if (rule.choices.some(choice => choice === value)) return value
      throw new PolicyError(path, `must be one of ${rule.choices.join(', ')}, not ${show(value)}`)
    case 'choices':
      return checkChoices(path, rule.choices, value)
    case 'flag':
      if (typeof value === 'boolean') return value
      throw new PolicyError(path, `must be true or false, not ${show(value)}`)
    case 'extensions':
      return checkExtensions(path, value)
    case 'focus':
      if (isRecord(value) && isFraction(value.x) && isFraction(value.y)) return { x: value.x, y: value.y }
      throw new PolicyError(path, 'must be { x, y } with fractions from 0 to 1')
    case 'image':
      return checkImage(path, value)
    case 'variants':
      return checkVariants(path, value)
  }
}

/** In the order of the rule, each once: the same choice has the same version. */
function checkChoices(path: string, choices: readonly string[], value: unknown): readonly string[] {
  if (!Array.isArray(value)) throw new PolicyError(path, `must be a list of ${choices.join(', ')}`)
  const unknown = value.find(each => !choices.includes(each))
  if (unknown !== undefined)
    throw new PolicyError(path, `must be a list of ${choices.join(', ')}, not ${show(unknown)}`)
  return choices.filter(choice => value.includes(choice))
}

function checkExtensions(path: string, value: unknown): readonly string[] {
  if (!Array.isArray(value) || value.length === 0)
    throw new PolicyError(path, 'must be a list of at least one extension')
  const known: readonly string[] = formats.flatMap(format => formatTable[format].extensions)
  const unknown = value.find(extension => !known.includes(extension))
  if (unknown !== undefined)
    throw new PolicyError(path, `may contain only ${known.join(', ')}, not ${show(unknown)}`)
  return known.filter(extension => value.includes(extension))
}

/** A variant's name becomes part of a public file name. */
const variantName = /^[a-z0-9]{1,32}$/

function checkVariants(path: string, value: unknown): PolicySettings['variants'] {
  if (!isRecord(value)) throw new PolicyError(path, 'must be an object')
  const names = Object.keys(value).sort()
  if (names.length > 16) throw new PolicyError(path, 'must have at most 16 entries')
  return Object.fromEntries(
    names.map(name => {
      if (!variantName.test(name) || name === 'main')
        throw new PolicyError(
          `${path}.${name}`,
          'must be named with 1 to 32 characters of a-z and 0-9, and not main',
        )
      return [name, checkImage(`${path}.${name}`, value[name])]
    }),
  )
}

function checkImage(path: string, value: unknown): ImageSettings {
  if (!isRecord(value)) throw new PolicyError(path, 'must be an object')
  return fillSettings(`${path}.`, imageRules, imageDefaults, value)
}

export function isRecord(value: unknown): value is Given {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isFraction(value: unknown): boolean {
  return typeof value === 'number' && value >= 0 && value <= 1
}

/** Never throws, whatever a configuration file or another language put there. */
function show(value: unknown): string {
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'a list' : 'an object'
  return (typeof value === 'string' ? JSON.stringify(value) : String(value)).slice(0, 80)
}
