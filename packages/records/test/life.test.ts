import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { memoryStore } from '@sluice/stores'
import { fsStore } from '@sluice/stores/fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { memoryRecords } from '../src/index.js'
import { sqliteRecords } from '../src/sqlite.js'
import { exampleRecord } from '../src/testing.js'
import { bundleChild } from './bundle-child.js'
import { hear, type Told, whatIsWrong } from './told.js'

let scratch = ''
let child = ''
beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'sluice-life-'))
  child = await bundleChild('life-child', join(scratch, 'child.mjs'))
})
afterAll(() => rmSync(scratch, { recursive: true }))

/** One application that is killed at this step of its own, and what is wrong afterwards. */
async function live(at: number) {
  const home = join(scratch, `at-${at}`)
  mkdirSync(home)
  const { signal, stdout, stderr, status } = spawnSync(process.execPath, [child, 'once', home, String(at)], {
    encoding: 'utf8',
  })
  if (signal !== 'SIGKILL' && status !== 0) throw new Error(stderr)
  const told: Told = new Map()
  hear(told, stdout)
  const [records, store] = [sqliteRecords(join(home, 'uploads.db')), fsStore(join(home, 'images'))]
  const problems = await whatIsWrong(records, store, told)
  await records.close()
  return { killed: signal === 'SIGKILL', told, problems }
}

test('killed in front of each step, rows and files are equal after a sweep', async () => {
  const words = new Set<string>()
  let at = 1
  for (let killed = true; killed; at++) {
    const ended = await live(at)
    expect(ended.problems, `killed at step ${at}`).toEqual([])
    for (const word of ended.told.values()) words.add(word)
    killed = ended.killed
  }
  // Two uploads of four steps, one that is taken back, two removals and a sweep.
  expect(at).toBeGreaterThan(25)
  expect([...words].sort()).toEqual(['kept', 'removed', 'removing'])
}, 300_000)

test('the check finds what is lost, what is left and what is not whole', async () => {
  const [records, store] = [memoryRecords(), memoryStore()]
  const [lost, changed, pending] = [exampleRecord(), exampleRecord(), exampleRecord()]
  const bytes = new Uint8Array(5)
  await records.open([lost, changed, pending])
  await records.confirm([lost.id, changed.id])
  const keyOf = ({ files }: typeof lost) => files[0]?.key ?? ''
  const stray = keyOf(exampleRecord())
  await store.commit([keyOf(changed), stray].map(key => ({ key, bytes, type: 'image/webp' })))
  const gone = keyOf(exampleRecord())
  const told: Told = new Map([
    [gone, 'kept'],
    [keyOf(lost), 'removed'],
  ])
  expect(await whatIsWrong(records, store, told)).toEqual(
    expect.arrayContaining([
      `${keyOf(lost)} has a row and no file`,
      `${keyOf(changed)} is another file`,
      `${stray} is public and has no row`,
      `${gone} was confirmed and is lost`,
      `${keyOf(lost)} was removed and is there`,
    ]),
  )
  expect(await records.find([pending.id])).toEqual([])
})
