import type { ForeignKind } from '../formats/foreign-signatures.js'
import type { Format } from '../formats/format.js'
import { english } from '../messages/en.js'
import type { ErrorCode } from './error-table.js'
import { sayNumber, type Unit } from './units.js'
import type { ErrorParams } from './upload-error.js'

/** What a file may turn out to be: the parameter `found` of a refusal. */
export type Kind = Format | ForeignKind

/** One form for every number, or one for each that the language tells apart: "1 file", "2 files". */
export type Counted = string | readonly [one: string, other: string]

/** Refusals in one language. What is missing is said in English. */
export interface Messages {
  /** Language tag (BCP 47): how numbers and sizes are written. */
  readonly language: string
  /** By code; `{name}` stands for the error's parameter of that name, with its unit. */
  readonly codes: Readonly<Partial<Record<ErrorCode, string>>>
  /** What numbers count, with `{n}` for the number, in the case in which the sentences need it. */
  readonly units?: Readonly<Partial<Record<Unit, Counted>>>
  /** What a file is: "a PDF document". */
  readonly kinds?: Readonly<Partial<Record<Kind, string>>>
}

/** A catalogue that leaves nothing out. `megapixels` only where a language counts pixels so. */
export interface CompleteMessages extends Messages {
  readonly codes: Readonly<Record<ErrorCode, string>>
  readonly units: Readonly<Record<Exclude<Unit, 'megapixels'>, Counted> & { readonly megapixels?: Counted }>
  readonly kinds: Readonly<Record<Kind, string>>
}

/** The sentence for a person: "The file is too large: at most 8 MB are accepted." */
export function sayRefusal(code: ErrorCode, params: ErrorParams, messages: Messages = english): string {
  const template = messages.codes[code]
  if (template === undefined) return messages === english ? code : sayRefusal(code, params)
  return fillMessage(template, params, (name, value) => sayParam(name, value, messages))
}

function sayParam(name: string, value: string | number, messages: Messages): string {
  const { language, kinds } = messages
  if (typeof value === 'number') return sayNumber(name, value, language, messages.units ?? english.units)
  return name === 'found' ? sayKind(value, kinds) : value
}

/** What a file is, in words for a sentence. */
export function sayKind(kind: string, kinds: Messages['kinds'] = english.kinds): string {
  const words: Readonly<Record<string, string>> = { ...english.kinds, ...kinds }
  return Object.hasOwn(words, kind) ? (words[kind] ?? kind) : kind
}

/** Fills the `{name}` places of a message; a place with no value stays empty. */
export function fillMessage(
  template: string,
  params: ErrorParams,
  say: (name: string, value: string | number) => string = (_, value) => String(value),
): string {
  return template.replace(/\{(\w{1,40})\}/g, (_, name: string) => {
    const value = Object.hasOwn(params, name) ? params[name] : undefined
    return value === undefined ? '' : say(name, value)
  })
}

/** For tests and tools: the places of a message. */
export function placeholdersOf(template: string): readonly string[] {
  return [...template.matchAll(/\{(\w{1,40})\}/g)].map(([, name = '']) => name)
}
