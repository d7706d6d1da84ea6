import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findCorpus } from './find-corpus.mjs'

const checkout = fileURLToPath(new URL('..', import.meta.url))
let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sluice-find-corpus-'))
  mkdirSync(join(folder, 'whole'))
  writeFileSync(join(folder, 'whole/cases.json'), '[]')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('the corpus is where SLUICE_CORPUS says, from the root or from the checkout', () => {
  const whole = join(folder, 'whole')
  expect(findCorpus(whole)).toBe(whole)
  expect(findCorpus(relative(checkout, whole))).toBe(whole)
})

test('a folder without the list of cases is no corpus, and the error says what to set', () => {
  expect(() => findCorpus(folder)).toThrow(
    `There is no corpus at ${folder}. Set SLUICE_CORPUS to the folder that holds its cases.json, or to "none"`,
  )
})

test('an empty setting is none at all: the corpus is looked for beside the checkout', () => {
  const beside = resolve(checkout, '../shared/corpus')
  const found = (() => {
    try {
      return findCorpus('')
    } catch (thrown) {
      return String(thrown)
    }
  })()
  expect(found).toContain(beside)
})

test('only an explicit "none" goes without', () => {
  expect(findCorpus('none')).toBeUndefined()
})
