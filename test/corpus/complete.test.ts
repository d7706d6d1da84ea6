import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { cases, corpusIsHere, placeOf } from '../support/corpus.js'
import { knownMisses } from './known-misses.js'

test.runIf(corpusIsHere)('all 1,559 files of the corpus are there', () => {
  expect(cases.length).toBe(1559)
  expect(cases.filter(entry => !existsSync(placeOf(entry))).map(entry => entry.file)).toEqual([])
})

test.runIf(corpusIsHere)('at most five of the accepted files are known misses', () => {
  const accepted = cases.filter(entry => entry.expect === 'accept')
  expect(accepted.length).toBe(956)
  expect(Object.keys(knownMisses).length).toBeLessThanOrEqual(5)
})
