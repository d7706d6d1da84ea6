import type { Format } from '../formats/format.js'
import { fnv1a64 } from '../text/fnv1a.js'
import { fillSettings, type Given, isRecord } from './fill-settings.js'
import { checkKept } from './keep.js'
import { PolicyError } from './policy-error.js'
import { settingRules } from './setting-rules.js'
import {
  formatsOf,
  type ImageSettings,
  imageDefaults,
  type PolicySettings,
  type Preset,
  presets,
} from './settings.js'

/**
 * The complete, frozen rules for an upload. Serialisable: `definePolicy(JSON.parse(JSON.stringify(policy)))`
 * is the same policy.
 */
export interface Policy extends PolicySettings {
  /** 64-bit FNV-1a of the content, 16 hex digits: an identifier for logs and records, no security. */
  readonly version: string
  /** The formats that `extensions` stands for. */
  readonly formats: readonly Format[]
}

type Sizes = 'maxBytes' | 'maxFileBytes' | 'maxMetadataBytes'
type ImageInput = Partial<ImageSettings>

type Sized = Pick<PolicySettings, Sizes>

/**
 * What `definePolicy` takes: everything optional, sizes in bytes also as text (`'8 MiB'`). Mapped so that an editor
 * shows what `PolicySettings` says of each.
 */
export type PolicyInput = {
  /** `server` is the default; `edge` fits an isolate of 128 MB that serves several requests. */
  readonly preset?: Preset
} & { readonly [Name in keyof Pick<PolicySettings, 'output'>]?: ImageInput } & {
  readonly [Name in keyof Pick<PolicySettings, 'variants'>]?: Readonly<Record<string, ImageInput>>
} & { readonly [Name in keyof Sized]?: number | string } & Partial<
    Omit<PolicySettings, Sizes | 'output' | 'variants'>
  >

/**
 * Completes, checks and freezes a policy. A finished policy may be given too, also as JSON and with settings
 * changed: its `version` is recomputed, but `formats` that do not follow from `extensions` are an error, not
 * silently ignored.
 * @throws PolicyError that names a wrong or unknown setting
 */
export function definePolicy(input: PolicyInput = {}): Policy {
  if (!isRecord(input)) throw new PolicyError('policy', 'must be an object')
  const { preset = 'server', version: _version, formats: givenFormats, ...given }: Given = input
  if (!isPreset(preset)) throw new PolicyError('preset', `must be one of ${Object.keys(presets).join(', ')}`)
  const filled = fillSettings('', settingRules, presets[preset], given)
  const sized = { ...filled, ...relateSizes(filled, given) }
  const memoryMb = given.memoryMb === undefined && preset === 'server' ? likelyMemory(sized) : sized.memoryMb
  const settings = { ...sized, memoryMb }
  if (settings.maxBytes < settings.maxFileBytes)
    throw new PolicyError('maxBytes', 'must be at least maxFileBytes')
  if (settings.maxTotalPixels < settings.maxPixels)
    throw new PolicyError('maxTotalPixels', 'must be at least maxPixels')
  const formats = formatsOf(settings.extensions)
  checkKept(settings, formats)
  if (givenFormats !== undefined && canonicalJson(givenFormats) !== canonicalJson(formats))
    throw new PolicyError(
      'formats',
      `follows from extensions, which stand for ${formats.join(', ')}: leave it out`,
    )
  return deepFreeze({ ...settings, formats, version: fnv1a64(canonicalJson(settings)) })
}

/** Of body and file, the one that was not given follows the one that was. */
function relateSizes({ maxBytes, maxFileBytes }: PolicySettings, given: Given): Partial<PolicySettings> {
  if (given.maxBytes === undefined) return { maxBytes: Math.max(maxBytes, maxFileBytes) }
  return given.maxFileBytes === undefined ? { maxFileBytes: maxBytes } : {}
}

/** Of what is written, as the setting says it: a lossless encoder has 31 (decisions/126), its picture 4. */
const memoryBytesPerPixel = 36
const mostMemory = 512

/** What drawing by a policy takes, where nobody says it: in MiB. */
function likelyMemory({ extensions, output, variants, memoryMb }: PolicySettings): number {
  const images = [output, ...Object.values(variants)]
  const holdsWhole = (format: string) => format === 'avif' || format === 'heic'
  if (formatsOf(extensions).some(holdsWhole) || images.some(({ format }) => holdsWhole(format)))
    return mostMemory
  const pixels = images.reduce((sum, { maxWidth, maxHeight }) => sum + maxWidth * maxHeight, 0)
  const more = Math.max(0, pixels - imageDefaults.maxWidth * imageDefaults.maxHeight)
  return Math.min(mostMemory, memoryMb + Math.ceil((memoryBytesPerPixel * more) / 2 ** 20))
}

/**
 * Largest body of a request to an endpoint that takes so many files, in bytes, multipart framing included: what a proxy
 * in front has to let through. One file may fill it but for its framing, which is a few hundred bytes.
 * @param files most files in a request
 */
export function bodyLimit({ maxBytes, maxFileBytes }: Policy, files = 1): number {
  return Math.min(maxBytes, files * maxFileBytes)
}

function isPreset(value: unknown): value is Preset {
  return typeof value === 'string' && Object.hasOwn(presets, value)
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
