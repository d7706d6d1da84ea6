import { createHash } from 'node:crypto'
import {
  formatTable,
  type Header,
  keyGrammar,
  type OutputFormat,
  type Policy,
  sayKind,
  UploadError,
  usualExtension,
  verifyOutput,
} from '@sluice/core'
import { fileMode } from '@sluice/stores/fs/layout'
import { type Library, type Looked, Unreadable } from '../library/library.js'
import { findForeignHabit } from './encoder-habits.js'
import type { Finding } from './finding.js'

/** What is held against a file. */
export interface Rules {
  readonly policy: Policy
  /** Of the public folder: whoever owns it owns what is in it. */
  readonly uid?: number | undefined
  /** In milliseconds since 1970: when the audit began. */
  readonly now: number
}

/** A stored image, as far as it could be read. */
export interface Facts {
  readonly key: string
  /** `main`, or the name of the variant. */
  readonly variant: string
  readonly bytes: number
  readonly sha256: string
  /** undefined where it is no image of ours. */
  readonly image?:
    | {
        readonly format: OutputFormat
        readonly width: number
        readonly height: number
        readonly frames: number
      }
    | undefined
}

export interface Inspected {
  readonly facts?: Facts | undefined
  readonly findings: readonly Finding[]
}

/** The name of a key's variant; `main` where it has none. */
export function variantOf(key: string): string {
  return /-([a-z0-9]+)\./.exec(key)?.[1] ?? 'main'
}

/** Everything that can be said of one file by itself. @param key of `keyGrammar` */
export async function inspectFile(library: Library, key: string, rules: Rules): Promise<Inspected> {
  const found = await library.look(key).catch((thrown: unknown): Finding => {
    if (!(thrown instanceof Unreadable)) throw thrown
    return { path: key, problem: thrown.problem, detail: thrown.message }
  })
  // Deleted since its name was read: nothing is wrong with that.
  if (found === undefined) return { findings: [] }
  if ('problem' in found) return { findings: [found] }
  const { bytes } = found
  const { image, ...content } = inspectContent(bytes, key, rules.policy)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const facts: Facts = { key, variant: variantOf(key), bytes: bytes.length, sha256, image }
  const findings = [...inspectPlace(found, key, rules), ...content.findings]
  if (image !== undefined) findings.push(...inspectDrift(key, image, rules.policy))
  return { facts, findings }
}

function* inspectPlace(
  { modified, rights, type }: Looked,
  key: string,
  { uid, now }: Rules,
): Generator<Finding> {
  if (rights !== undefined && process.platform !== 'win32') {
    const { mode, links } = rights
    if (mode !== fileMode)
      yield { path: key, problem: 'mode', detail: `${octal(mode)}, not ${octal(fileMode)}` }
    if (uid !== undefined && rights.uid !== uid)
      yield { path: key, problem: 'owner', detail: `owned by ${rights.uid}, not ${uid}` }
    if (links > 1) yield { path: key, problem: 'hard-link', detail: `${links} names` }
  }
  // A bucket knows when an object was put there, a copy too.
  const month = checkMonth(key, rights && modified, now)
  if (month !== undefined) yield { path: key, problem: 'month', detail: month }
  const right = formatTable[formatOf(key)].type
  if (type !== undefined && type !== right)
    yield { path: key, problem: 'served-type', detail: `${type}, not ${right}` }
}

export function octal(mode: number): string {
  return `0${mode.toString(8)}`
}

/** Clocks differ, and a commit takes its time. */
const dayMs = 86_400_000

/** A file is written in the month that its key says, and never again. */
function checkMonth(key: string, modified: number | undefined, now: number): string | undefined {
  const year = Number(key.slice(0, 4))
  const month = Number(key.slice(4, 6))
  const [start, end] = [Date.UTC(year, month - 1), Date.UTC(year, month)]
  if (start > now + dayMs) return 'in the future'
  if (modified === undefined) return undefined
  return modified < start - dayMs || modified >= end + dayMs
    ? `written ${new Date(modified).toISOString().slice(0, 10)}`
    : undefined
}

function inspectContent(
  bytes: Uint8Array,
  key: string,
  policy: Policy,
): { readonly image?: NonNullable<Facts['image']>; readonly findings: readonly Finding[] } {
  if (bytes.length === 0) return { findings: [{ path: key, problem: 'empty' }] }
  try {
    const header = verifyOutput(bytes, policy)
    const { width, height, frames } = header
    const format = header.format as OutputFormat
    const image = { format, width, height, frames }
    if (!key.endsWith(`.${usualExtension(format)}`))
      return { image, findings: [{ path: key, problem: 'type', detail: `is ${sayKind(format)}` }] }
    return { image, findings: [...inspectEncoder(bytes, header, key)] }
  } catch (thrown) {
    const { detail = 'unknown' } = UploadError.from(thrown, 'verify-failed')
    return { findings: [{ path: key, problem: 'content', detail }] }
  }
}

function* inspectEncoder(bytes: Uint8Array, header: Header, key: string): Generator<Finding> {
  const detail = findForeignHabit(bytes, header)
  if (detail !== undefined) yield { path: key, problem: 'encoder', detail }
}

/** Where it is another than the policy would make today: the policy has changed since, or somebody has put it there. */
function* inspectDrift(
  key: string,
  { format, width, height, frames }: NonNullable<Facts['image']>,
  policy: Policy,
): Generator<Finding> {
  const variant = variantOf(key)
  const settings = variant === 'main' ? policy.output : policy.variants[variant]
  // Told by the look at the whole upload.
  if (settings === undefined) return
  const { maxWidth, maxHeight } = settings
  if (width > maxWidth || height > maxHeight)
    yield {
      path: key,
      problem: 'pixels',
      detail: `${width}x${height}; the policy allows ${maxWidth}x${maxHeight}`,
    }
  if (frames === 1) {
    if (settings.format !== 'same' && format !== settings.format)
      yield { path: key, problem: 'format', detail: `${format}; the policy makes ${settings.format}` }
    return
  }
  const { animated, maxFrames } = policy
  if (animated === 'first-frame' || animated === 'refuse')
    yield {
      path: key,
      problem: 'animation',
      detail: `${frames} frames; the policy has animated: ${animated}`,
    }
  else if (animated !== 'keep' && format !== animated)
    yield { path: key, problem: 'animation', detail: `${format}; the policy makes ${animated}` }
  if (frames > maxFrames)
    yield { path: key, problem: 'animation', detail: `${frames} frames; the policy allows ${maxFrames}` }
}

function formatOf(key: string): OutputFormat {
  const extension = key.slice(key.lastIndexOf('.') + 1)
  for (const format of ['webp', 'gif', 'avif', 'jpeg', 'png'] as const)
    if (usualExtension(format) === extension) return format
  throw new TypeError(`not a key: ${keyGrammar} ${key}`)
}
