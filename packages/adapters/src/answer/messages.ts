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
  error: UploadError,
  catalogue: Catalogue,
  acceptLanguage: string | null,
): { readonly language: string; readonly text: string } {
  const language = chooseLanguage(acceptLanguage, Object.keys(catalogue))
  try {
    const text = translate(error, catalogue[language])
    if (text !== undefined) return { language, text }
  } catch (thrown) {
    // A refusal in English is better than none.
    console.error('upload options: messages failed:', thrown)
  }
  return { language: 'en', text: fillMessage(errorTable[error.code].message, error.params) }
}

function translate({ code, params }: UploadError, messages: Messages | undefined): string | undefined {
  const { codes, words = {} } = messages ?? { codes: {} }
  const template = codes[code]
  if (typeof template !== 'string') return undefined
  const translated = Object.entries(params).map(([name, value]) => [
    name,
    typeof value === 'string' && Object.hasOwn(words, value) ? words[value] : value,
  ])
  return fillMessage(template, Object.fromEntries(translated))
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
