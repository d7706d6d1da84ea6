import { type Format, formats, formatTable } from '../formats/format.js'
import { parseByteSize } from './byte-size.js'
import { fnv1a64 } from './fnv1a.js'
import {
  formatsOf,
  type ImageSettings,
  imageRules,
  type PolicySettings,
  type Preset,
  presets,
  type SettingRule,
  settingRules,
} from './settings.js'

/** The complete, frozen rules for an upload. Serialisable: `definePolicy(JSON.parse(JSON.stringify(policy)))` is the same policy. */
export interface Policy extends PolicySettings {
  /** 64-bit FNV-1a of the content, 16 hex digits: an identifier for logs and records, no security. */
  readonly version: string
  /** The formats that `extensions` stands for. */
  readonly formats: readonly Format[]
}

type Sizes = 'maxBytes' | 'maxMetadataBytes'
type ImageInput = Partial<ImageSettings>

/** What `definePolicy` takes: everything optional, sizes in bytes also as text (`'8 MiB'`). */
export type PolicyInput = {
  readonly preset?: Preset
  readonly output?: ImageInput
  readonly variants?: Readonly<Record<string, ImageInput>>
  readonly version?: string
  readonly formats?: readonly Format[]
} & { readonly [Name in Sizes]?: number | string } & {
  readonly [Name in Exclude<keyof PolicySettings, Sizes | 'output' | 'variants'>]?: PolicySettings[Name]
}

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

/**
 * Completes, checks and freezes a policy.
 * @throws PolicyError that names a wrong or unknown setting
 */
export function definePolicy(input: PolicyInput = {}): Policy {
  if (!isRecord(input)) throw new PolicyError('policy', 'must be an object')
  const { preset = 'server', version: _version, formats: _formats, ...given } = input
  if (!Object.hasOwn(presets, preset))
    throw new PolicyError('preset', `must be one of ${Object.keys(presets).join(', ')}`)
  const settings = fillSettings('', settingRules, presets[preset], given) as unknown as PolicySettings
  if (settings.maxTotalPixels < settings.maxPixels)
    throw new PolicyError('maxTotalPixels', 'must be at least maxPixels')
  return deepFreeze({
    ...settings,
    formats: formatsOf(settings.extensions),
    version: fnv1a64(canonicalJson(settings)),
  })
}

function fillSettings(
  path: string,
  rules: Readonly<Record<string, SettingRule>>,
  defaults: object,
  given: object,
): Record<string, unknown> {
  const unknown = Object.keys(given).find(name => !Object.hasOwn(rules, name))
  if (unknown !== undefined) throw new PolicyError(path + unknown, 'is not a setting')
  return Object.fromEntries(
    Object.entries(rules).map(([name, rule]) => {
      const fallback = (defaults as Record<string, unknown>)[name]
      const value = (given as Record<string, unknown>)[name]
      return [name, value === undefined ? fallback : checkSetting(path + name, rule, value, fallback)]
    }),
  )
}

function checkSetting(path: string, rule: SettingRule, value: unknown, fallback: unknown): unknown {
  switch (rule.kind) {
    case 'bytes':
    case 'integer':
    case 'number': {
      const amount = rule.kind === 'bytes' && typeof value === 'string' ? parseByteSize(value) : value
      const whole = rule.kind === 'number' ? Number.isFinite(amount) : Number.isSafeInteger(amount)
      if (whole && (amount as number) >= rule.min && (amount as number) <= rule.max) return amount
      const kind =
        rule.kind === 'number'
          ? 'a number'
          : rule.kind === 'bytes'
            ? "whole bytes or text such as '8 MiB'"
            : 'a whole number'
      throw new PolicyError(path, `must be ${kind} from ${rule.min} to ${rule.max}, not ${show(value)}`)
    }
    case 'choice':
      if (rule.choices.includes(value as string)) return value
      throw new PolicyError(path, `must be one of ${rule.choices.join(', ')}, not ${show(value)}`)
    case 'extensions':
      return checkExtensions(path, value)
    case 'focus':
      if (isRecord(value) && isFraction(value.x) && isFraction(value.y)) return { x: value.x, y: value.y }
      throw new PolicyError(path, 'must be { x, y } with fractions from 0 to 1')
    case 'image':
      if (isRecord(value)) return fillSettings(`${path}.`, imageRules, fallback as object, value)
      throw new PolicyError(path, 'must be an object')
    case 'variants':
      return checkVariants(path, value)
  }
}

function checkExtensions(path: string, value: unknown): readonly string[] {
  if (!Array.isArray(value) || value.length === 0)
    throw new PolicyError(path, 'must be a list of at least one extension')
  const known: readonly string[] = formats.flatMap(format => formatTable[format].extensions)
  const unknown = value.find(extension => !known.includes(extension))
  if (unknown !== undefined)
    throw new PolicyError(path, `must be of ${known.join(', ')}, not ${show(unknown)}`)
  return known.filter(extension => value.includes(extension))
}

/** A variant's name becomes part of a public file name. */
const variantName = /^[a-z0-9]{1,32}$/

function checkVariants(path: string, value: unknown): Readonly<Record<string, unknown>> {
  if (!isRecord(value)) throw new PolicyError(path, 'must be an object')
  const names = Object.keys(value).sort()
  if (names.length > 16) throw new PolicyError(path, 'must be at most 16')
  return Object.fromEntries(
    names.map(name => {
      if (!variantName.test(name) || name === 'main')
        throw new PolicyError(`${path}.${name}`, 'must be named with 1 to 32 of a-z and 0-9, not main')
      const variant = value[name]
      if (!isRecord(variant)) throw new PolicyError(`${path}.${name}`, 'must be an object')
      return [name, fillSettings(`${path}.${name}.`, imageRules, presets.server.output, variant)]
    }),
  )
}

function isRecord(value: unknown): value is Record<string, unknown> {
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

/** JSON with sorted keys: the same content has the same text whatever order it was written in. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    isRecord(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))) : part,
  )
}

function deepFreeze<Value extends object>(value: Value): Value {
  for (const part of Object.values(value)) if (typeof part === 'object' && part !== null) deepFreeze(part)
  return Object.freeze(value)
}
