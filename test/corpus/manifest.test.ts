import { readFileSync } from 'node:fs'
import { cases, corpusIsHere } from '@sluice/testkit/corpus'
import { expect, test } from 'vitest'
import {
  fileOf,
  type Manifest,
  packCases,
  printManifest,
  unpackCases,
} from '../../scripts/corpus/manifest.mjs'

const text = readFileSync(new URL('./manifest.json', import.meta.url), 'utf8')
const manifest: Manifest = JSON.parse(text)

test('the manifest says of 1,559 files where each is, in less than 700 kB', () => {
  expect(text.length).toBeLessThan(700_000)
  const files = manifest.suites.flatMap(suite => suite.files.map(row => fileOf(suite, row)))
  expect(files.length).toBe(1559)
  expect(new Set(files).size).toBe(1559)
  for (const { repository, commit, files } of manifest.suites) {
    expect(repository).toMatch(/^[\w.-]+\/[\w.-]+$/)
    expect(commit).toMatch(/^[0-9a-f]{40}$/)
    expect(files.filter(({ sha256 }) => !/^[0-9a-f]{64}$/.test(sha256))).toEqual([])
  }
})

test.runIf(corpusIsHere)('and gives the cases.json of the corpus, thumbs and all', () => {
  const unpacked = unpackCases(manifest)
  // `error` is what a decoder said, in words of its own.
  const described = cases.map(entry =>
    Object.fromEntries(Object.entries(entry).filter(([name]) => name !== 'error')),
  )
  expect(unpacked).toEqual(described)
})

test('packing what was unpacked gives the manifest again', () => {
  const commits = Object.fromEntries(manifest.suites.map(({ repository, commit }) => [repository, commit]))
  expect(printManifest(packCases(unpackCases(manifest), commits)) === text).toBe(true)
})
