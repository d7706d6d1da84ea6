import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { errorTable } from '../errors/error-table.js'
import { type CompleteMessages, sayRefusal } from '../errors/messages.js'
import { unitOf } from '../errors/units.js'
import { foreignKinds } from '../formats/foreign-signatures.js'
import { formats } from '../formats/format.js'
import { german } from './de.js'
import { english } from './en.js'
import { spanish } from './es.js'
import { french } from './fr.js'
import { japanese } from './ja.js'
import { chinese } from './zh.js'

const all: Readonly<Record<string, CompleteMessages>> = {
  de: german,
  en: english,
  es: spanish,
  fr: french,
  ja: japanese,
  zh: chinese,
}
const placeholdersOf = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name).sort()

test('every catalogue of the folder is here', () => {
  const files = readdirSync(new URL('.', import.meta.url)).filter(name => !name.includes('.test.'))
  expect(files.sort()).toEqual(Object.keys(all).map(language => `${language}.ts`))
})

describe.each(Object.entries(all))('%s', (language, messages) => {
  test('has every code of the table, with the same places as English', () => {
    expect(messages.language).toBe(language)
    expect(Object.keys(messages.codes).sort()).toEqual(Object.keys(errorTable).sort())
    for (const [code, text] of Object.entries(english.codes))
      expect([code, placeholdersOf(messages.codes[code as keyof typeof errorTable])]).toEqual([
        code,
        placeholdersOf(text),
      ])
  })

  test('has a sentence for each, that ends as sentences do', () => {
    for (const text of Object.values(messages.codes)) expect(text).toMatch(/[.。]$/)
  })

  test('has every kind of file and every unit, by an identifier', () => {
    expect(Object.keys(messages.kinds).sort()).toEqual([...formats, ...foreignKinds].sort())
    for (const kind of Object.keys(messages.kinds)) expect(kind).toMatch(/^[a-z0-9-]+$/)
    const units = Object.keys(messages.units)
    expect([...new Set([...units, 'megapixels'])].sort()).toEqual(Object.keys(english.units).sort())
    for (const forms of Object.values(messages.units).flat())
      expect(placeholdersOf(String(forms))).toEqual(['n'])
  })

  test('says every refusal with all of its parameters', () => {
    for (const [code, text] of Object.entries(english.codes)) {
      const params = Object.fromEntries(
        placeholdersOf(text).map(name => [name, unitOf[name] ? 7_340_033 : 'pdf']),
      )
      const said = sayRefusal(code as keyof typeof errorTable, params, messages)
      expect(said).not.toMatch(/[{}]|undefined|NaN|7340033/)
    }
  })
})

test('only English is in English', () => {
  const others = Object.values(all).filter(messages => messages !== english)
  expect(others).toHaveLength(5)
  for (const { language, codes, kinds } of others) {
    for (const [code, text] of Object.entries(codes))
      expect([language, code, text]).not.toEqual([language, code, english.codes[code as keyof typeof codes]])
    for (const [kind, text] of Object.entries(kinds))
      expect([language, kind, text]).not.toEqual([language, kind, english.kinds[kind as keyof typeof kinds]])
  }
})

test.each([
  ['en', 'The file is too large: at most 8 MB are accepted.'],
  ['de', 'Die Datei ist zu groß: höchstens 8 MB werden angenommen.'],
  ['fr', 'Le fichier est trop volumineux : 8 Mo au maximum.'],
  ['es', 'El archivo es demasiado grande: se aceptan 8 MB como máximo.'],
  ['zh', '文件过大：最多接受 8 MB。'],
  ['ja', 'ファイルが大きすぎます。上限は 8 MB です。'],
])('a size in %s', (language, text) => {
  const said = sayRefusal('too-large', { maxBytes: 8 * 2 ** 20 }, all[language])
  expect(said.replace(/[\u00a0\u202f]/g, ' ')).toBe(text)
})

test.each([
  ['en', '64 megapixels'],
  ['de', '64 Megapixel'],
  ['fr', '64 mégapixels'],
  ['es', '64 megapíxeles'],
  ['zh', '6400万像素'],
  ['ja', '6400万画素'],
])('pixels in %s', (language, text) => {
  const params = { width: 9000, height: 9000, maxPixels: 64_000_000 }
  expect(sayRefusal('too-many-pixels', params, all[language])).toContain(text)
})
