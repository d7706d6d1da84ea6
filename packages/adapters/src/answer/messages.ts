import { type ErrorCode, errorTable, fillMessage, type UploadError } from '@sluice/core'

/** Refusals in one language. What is missing is said in English. */
export interface Messages {
  /** By code, with the `{name}` places of the error table. */
  readonly codes: Readonly<Partial<Record<ErrorCode, string>>>
  /** Words that stand in those places: "a PDF document". */
  readonly words?: Readonly<Record<string, string>>
}

export type Catalogue = Readonly<Record<string, Messages>>

/** The sentence for a person, in the first language of Accept-Language that there is. */
export function messageFor(
  { code, params }: UploadError,
  catalogue: Catalogue,
  acceptLanguage: string | null,
): { readonly language: string; readonly text: string } {
  const language = chooseLanguage(acceptLanguage, Object.keys(catalogue))
  const { codes, words = {} } = catalogue[language] ?? { codes: {} }
  const template = codes[code]
  if (template === undefined) return { language: 'en', text: fillMessage(errorTable[code].message, params) }
  const translated = Object.entries(params).map(([name, value]) => [
    name,
    typeof value === 'string' && Object.hasOwn(words, value) ? words[value] : value,
  ])
  return { language, text: fillMessage(template, Object.fromEntries(translated)) }
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
