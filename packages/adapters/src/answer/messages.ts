import { type Messages, sayRefusal, type UploadError } from '@sluice/core'
import { OptionError } from '../option-error.js'

export type { Messages }

export type Catalogue = Readonly<Record<string, Messages>>

/** @throws OptionError at start where a catalogue is none */
export function checkMessages(given: Catalogue = {}): Catalogue {
  if (typeof given !== 'object' || given === null || Array.isArray(given) || 'codes' in given)
    throw new OptionError('messages', 'must be an object keyed by language, such as { de: german }')
  for (const [language, messages] of Object.entries(given))
    if (typeof messages?.codes !== 'object' || messages.codes === null)
      throw new OptionError(`messages.${language}`, "must be a catalogue: { language: 'de', codes: { ... } }")
  return given
}

/** The sentence for a person, in the first language of Accept-Language that there is. */
export function messageFor(
  error: UploadError,
  catalogue: Catalogue,
  acceptLanguage: string | null,
): { readonly language: string; readonly text: string } {
  const language = chooseLanguage(acceptLanguage, Object.keys(catalogue))
  const messages = catalogue[language]
  const { code, params } = error
  try {
    if (messages?.codes[code] !== undefined)
      // Its own, for a catalogue may stand for another language: `{ en: german }` makes German the default.
      return { language: messages.language, text: sayRefusal(code, params, messages) }
  } catch (thrown) {
    // A refusal in English is better than none.
    console.error('upload options: messages failed:', thrown)
  }
  return { language: 'en', text: sayRefusal(code, params) }
}

/** RFC 9110, 12.5.4, by basic filtering (RFC 4647, 3.3.1): `de-AT` is content with `de`. */
function chooseLanguage(header: string | null, languages: readonly string[]): string {
  const ranges = (header ?? '')
    .slice(0, 500)
    .split(',')
    .map(range => {
      const [tag = '', ...parameters] = range.split(';').map(part => part.trim().toLowerCase())
      const weight = parameters.find(parameter => parameter.startsWith('q='))?.slice(2)
      return { tag, weight: weight === undefined ? 1 : Number(weight) || 0 }
    })
    .filter(({ weight }) => weight > 0)
    .sort((one, other) => other.weight - one.weight)
  for (const { tag } of ranges) {
    const [primary] = tag.split('-')
    const found = ['en', ...languages].find(language => [tag, primary].includes(language.toLowerCase()))
    if (found !== undefined) return found
  }
  return 'en'
}
