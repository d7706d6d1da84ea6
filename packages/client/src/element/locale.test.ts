import { expect, test } from 'vitest'
import { english, fill, languages, loadLocale } from './locale.js'

const places = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort()

test('speaks the six languages of the refusals, each with all of its own texts', async () => {
  expect([...languages].sort()).toEqual(['de', 'en', 'es', 'fr', 'ja', 'zh'])
  for (const language of languages) {
    const locale = await loadLocale([language])
    expect([locale.language, locale.messages.language]).toEqual([language, language])
    expect(Object.keys(locale.texts)).toEqual(Object.keys(english.texts))
    for (const [name, text] of Object.entries(locale.texts)) {
      expect(places(text), `${language} ${name}`).toEqual(
        places(english.texts[name as keyof typeof english.texts]),
      )
      if (language !== 'en') expect(text.trim(), `${language} ${name}`).not.toBe('')
    }
  }
})

test.each([
  [['de-AT', 'fr'], 'de'],
  [['PT-br', 'zh-Hans-CN'], 'zh'],
  [['constructor', '__proto__'], 'en'],
  [[], 'en'],
])('of %j it takes %s', async (tags, language) => {
  expect((await loadLocale(tags)).language).toBe(language)
})

test('fills its places, and leaves what it does not know', () => {
  expect(fill('{done} of {all}, {other}', { done: 1, all: 2 })).toBe('1 of 2, {other}')
})
