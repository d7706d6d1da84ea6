import { readFileSync } from 'node:fs'
import { jsquashRenderer } from '@sluice/codecs/jsquash'
import { type Case, cases, corpusIsHere, isAccepted } from '@sluice/testkit/corpus'
import { isLong } from '@sluice/testkit/long'
import { describe, expect, test } from 'vitest'
import { gather } from './corpus.js'
import { examineWith } from './examine.js'
import { jsquashMisses } from './known-misses.js'

/*
 * In the gate what is small, for all of it takes minutes. All of it: npm run test:long; and stored again:
 * SLUICE_LONG=1 npx vitest run -u --project system test/corpus/jsquash
 */
const maxPixels = 1_000_000
const results = new URL('./results/jsquash.json', import.meta.url)

function isTaken({ in_size: [width, height] = [0, 0], frames = 1 }: Case): boolean {
  return isLong || width * height * frames <= maxPixels
}

/** What these codecs do not read, and say so. */
function isUnread({ detected, frames = 1 }: Case): boolean {
  return detected === 'GIF' || (detected === 'PNG' && frames > 1)
}

/** What all of the corpus came to. */
interface Found {
  /** Accepted by both references, and not drawn as by them. */
  readonly misses: Readonly<Record<string, string>>
  /** Refused by both references, and drawn. */
  readonly drawn: readonly string[]
}

/** Its codecs hold them. */
const wholePictures = { memoryMb: 512 }

describe.runIf(corpusIsHere)('the renderer of jSquash', () => {
  const { missOf, refusalOf } = examineWith(jsquashRenderer(), undefined, wholePictures)
  const mine = cases.filter(entry => entry.expect !== undefined && isTaken(entry))
  const accepted = mine.filter(isAccepted)
  const stored: Found = JSON.parse(readFileSync(results, 'utf8'))
  const isMine = (file: string) => mine.some(entry => entry.file === file)
  const found: { misses: Record<string, string>; drawn: string[] } = { misses: {}, drawn: [] }

  test('takes most of the corpus', () => {
    expect(mine.length).toBe(isLong ? 1430 : 1314)
  })

  test('says what it does not read: GIF, and animated PNG', async () => {
    const unread = accepted.filter(isUnread)
    const outcomes = await gather(unread, missOf)
    expect(unread.length).toBeGreaterThan(100)
    expect(Object.keys(outcomes)).toEqual(unread.map(({ file }) => file))
    expect([...new Set(Object.values(outcomes))]).toEqual(['refused: unsupported-kind'])
  })

  test('draws what both references draw, but for what is known', { timeout: 900_000 }, async () => {
    const read = accepted.filter(entry => !isUnread(entry))
    expect(read.length).toBeGreaterThan(700)
    found.misses = await gather(read, missOf)
    const known = Object.entries(stored.misses).filter(([file]) => isMine(file))
    expect(found.misses).toEqual(Object.fromEntries(known))
  })

  test('refuses what both references refuse, but for what is known, and breaks at nothing', {
    timeout: 900_000,
  }, async () => {
    const rest = mine.filter(entry => !isAccepted(entry))
    const codes = await gather(rest, refusalOf)
    found.drawn = rest.flatMap(({ file, expect }) => (expect === 'reject' && !(file in codes) ? [file] : []))
    expect(found.drawn).toEqual(stored.drawn.filter(isMine))
  })

  test('every exception has a reason', () => {
    const exceptions = [...Object.keys(stored.misses), ...stored.drawn]
    expect(exceptions.sort()).toEqual(Object.keys(jsquashMisses).sort())
  })

  test.runIf(isLong)('all of it is what is stored', async () => {
    await expect(`${JSON.stringify(found, null, 2)}\n`).toMatchFileSnapshot(results.pathname)
  })
})
