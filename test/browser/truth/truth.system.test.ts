import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { kernelRenderer } from '@sluice/codecs'
import { avif } from '@sluice/codecs/avif'
import { definePolicy, sanitize, UploadError } from '@sluice/core'
import { memoryStore } from '@sluice/stores'
import { bytesOf, type Case, cases, corpusIsHere } from '@sluice/testkit/corpus'
import { findCases } from '@sluice/testkit/find-corpus'
import { neighbours } from '@sluice/testkit/images/neighbours'
import { thumbOf } from '@sluice/testkit/thumb8'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser } from './browser.js'
import { differenceOf } from './difference.js'
import {
  type Kind,
  kindOf,
  knownDifferences,
  reportedDifferences,
  withoutGamma,
} from './known-differences.js'

const policy = definePolicy({
  extensions: ['jpg', 'jpeg', 'png', 'gif', 'webp', 'avif'],
  output: { effort: 0 },
  animationEffort: 0,
  timeMs: 120_000,
  maxFrames: 400,
})
const renderer = kernelRenderer({ codecs: [avif()] })

let browser: Awaited<ReturnType<typeof openBrowser>>
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())

async function drawn(input: Uint8Array): Promise<Uint8Array> {
  const store = memoryStore()
  const { key } = await sanitize({ body: input }, { policy, renderer, store })
  return (await store.get(key)) ?? new Uint8Array()
}

async function examine(entry: Case, kind: Kind | undefined): Promise<string | undefined> {
  try {
    const input = bytesOf(entry)
    const before = await browser.look(kind === 'gamma' ? withoutGamma(input) : input)
    const after = await browser.look(await drawn(input))
    const encoded = entry.out_thumb8 ? thumbOf(entry.out_thumb8) : undefined
    return differenceOf(before, after, encoded, kind === 'hidden' ? 1 : 0)
  } catch (thrown) {
    return sayFailure(thrown)
  }
}

const isAvif = ({ file }: Case) => file.endsWith('.avif')

/** Groups of the corpus, how many are of each kind, and how many are compared. */
test.runIf(corpusIsHere).each([
  ['gif', {}, 76],
  ['webp', {}, 64],
  ['orientation', { gamma: 3, 'webp-orientation': 8 }, 76],
  ['jpeg', {}, 155],
  ['png', { gamma: 205, hidden: 23 }, 496],
  ['avif_heic', {}, 42],
] as const)('Chromium draws outputs as it draws inputs: %s', async (group, kinds, count) => {
  const mine = cases.filter(entry => entry.group === group && (entry.expect === 'accept' || isAvif(entry)))
  const found: Record<string, string> = {}
  const counted: Record<string, number> = {}
  let compared = 0
  for (const entry of mine) {
    const kind = kindOf(bytesOf(entry))
    if (kind) counted[kind] = (counted[kind] ?? 0) + 1
    if (kind === 'webp-orientation') continue
    compared++
    const difference = await examine(entry, kind)
    if (difference !== undefined) found[entry.file] = difference
  }
  const known = Object.keys(knownDifferences).filter(file => file.startsWith(`${group}/`))
  expect(Object.keys(found).sort(), JSON.stringify(found, null, 2)).toEqual(known.sort())
  expect([counted, compared]).toEqual([kinds, count])
})

const reported = findCases()

test.runIf(reported !== undefined)(
  'Chromium draws outputs as it draws inputs: reported pictures',
  async () => {
    const folder = join(reported ?? '', 'pictures')
    const files = readdirSync(folder)
    expect(files.length).toBeGreaterThanOrEqual(27)
    const found: Record<string, string> = {}
    for (const file of files) {
      const input = new Uint8Array(readFileSync(join(folder, file)))
      const difference = await compare(input).catch(sayFailure)
      if (difference !== undefined) found[file] = difference
    }
    expect(Object.keys(found).sort(), JSON.stringify(found, null, 2)).toEqual(
      Object.keys(reportedDifferences).sort(),
    )
  },
)

/* Generated: what Chromium makes of them is what we have to. */
test('Chromium draws outputs as it draws inputs: neighbours of the reported kinds', async () => {
  const files = await neighbours(sharp)
  expect(Object.keys(files).length).toBeGreaterThanOrEqual(23)
  const found: Record<string, string> = {}
  for (const [name, input] of Object.entries(files)) {
    const difference = await compare(input).catch(sayFailure)
    if (difference !== undefined) found[name] = difference
  }
  expect(found).toEqual({})
})

async function compare(input: Uint8Array): Promise<string | undefined> {
  return differenceOf(await browser.look(input), await browser.look(await drawn(input)))
}

function sayFailure(thrown: unknown): string {
  return thrown instanceof UploadError ? `refused: ${thrown.code}` : (String(thrown).split('\n')[0] ?? '')
}
