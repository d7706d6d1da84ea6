import { existsSync } from 'node:fs'
import { cases, corpusIsHere, isAccepted, pathOf } from '@sluice/testkit/corpus'
import { expect, test } from 'vitest'
import { knownMisses } from './known-misses.js'

test.runIf(corpusIsHere)('all 1,559 files of the corpus are there', () => {
  expect(cases.length).toBe(1559)
  expect(cases.filter(entry => !existsSync(pathOf(entry))).map(entry => entry.file)).toEqual([])
})

test.runIf(corpusIsHere)('at most five of the accepted files are known misses', () => {
  const accepted = cases.filter(isAccepted)
  expect(accepted.length).toBe(956)
  expect(Object.keys(knownMisses).length).toBeLessThanOrEqual(5)
})
