import type { CompleteMessages } from '@sluice/core'
import { locale as english } from './locales/en.js'

/** What the element says. `{name}` places are filled. */
export interface ElementTexts {
  /** The button that opens the picker, for one picture and for several. */
  readonly chooseOne: string
  readonly chooseMany: string
  /** Beside the button: what else a person can do. */
  readonly orDrop: string
  /** `{formats}`, `{size}`. */
  readonly accepted: string
  readonly dropNow: string
  readonly waiting: string
  /** `{percent}`. */
  readonly sending: string
  /** All of it is sent, and the answer is not there yet. */
  readonly processing: string
  readonly pausing: string
  readonly uploaded: string
  readonly cancelled: string
  /** Of buttons; `{name}` of the file is added for screen readers alone. */
  readonly cancel: string
  readonly retry: string
  readonly remove: string
  /** For screen readers: `{done}` of `{all}` pictures are there, `{refused}` were refused. */
  readonly summary: string
  /** `{max}` pictures are taken. */
  readonly tooMany: string
  /** Validity of the form: not all are sent yet, none was chosen. */
  readonly stillSending: string
  readonly required: string
  readonly cropTitle: string
  readonly cropFrame: string
  readonly cropHelp: string
  readonly cropSize: string
  readonly cropDone: string
  readonly cropAll: string
  readonly cropCancel: string
}

export interface Locale {
  readonly language: string
  readonly texts: ElementTexts
  /** Of refusals. */
  readonly messages: CompleteMessages
}

/** Loaded when a reader wants them; English is always there. */
const loaders: Readonly<Record<string, () => Promise<{ readonly locale: Locale }>>> = {
  de: () => import('./locales/de.js'),
  es: () => import('./locales/es.js'),
  fr: () => import('./locales/fr.js'),
  ja: () => import('./locales/ja.js'),
  zh: () => import('./locales/zh.js'),
}

export { english }

/** The languages that the element speaks. */
export const languages: readonly string[] = ['en', ...Object.keys(loaders)]

/**
 * Of language tags, the first that there is (RFC 4647, 3.4): `de-AT` is content with `de`. Default: English.
 */
export async function loadLocale(tags: readonly string[]): Promise<Locale> {
  for (const tag of tags) {
    const language = tag.toLowerCase().split('-')[0] ?? ''
    if (language === 'en') return english
    if (Object.hasOwn(loaders, language)) return (await loaders[language]?.())?.locale ?? english
  }
  return english
}

/** @example fill('{done} of {all}', { done: 1, all: 2 }) */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place))
}
