import { kernelRenderer } from '@sluice/codecs'
import { type Case, cases, corpusIsHere, isAccepted } from '@sluice/testkit/corpus'
import { describe, expect, test } from 'vitest'
import { examineWith } from './examine.js'
import { knownMisses } from './known-misses.js'
import { moduleWatch } from './watch-modules.js'

/** By file, the modules that had instances. */
const loaded = new Map<string, string>()
const { missOf, refusalOf } = examineWith(kernelRenderer(), moduleWatch(loaded))

/**
 * The tests of some groups of the corpus. One test file each, so that they run beside each other.
 * @param expected how many entries the groups have
 * @param modules how many of them are given to which modules
 */
export function testCorpus(
  groups: readonly string[],
  expected: number,
  modules: Readonly<Record<string, number>>,
): void {
  describe.runIf(corpusIsHere)(groups.join(', '), () => {
    const mine = cases.filter(entry => groups.includes(entry.group) && entry.expect !== undefined)

    test(`has ${expected} files`, () => expect(mine.length).toBe(expected))

    test('what both references draw comes out right', { timeout: 600_000 }, async () => {
      const misses = await gather(mine.filter(isAccepted), missOf)
      const known = Object.keys(knownMisses).filter(file => mine.some(entry => entry.file === file))
      expect(Object.keys(misses).sort(), JSON.stringify(misses, null, 2)).toEqual(known.sort())
    })

    test('what both references refuse is refused', { timeout: 300_000 }, async () => {
      const codes = await gather(
        mine.filter(entry => entry.expect === 'reject'),
        refusalOf,
      )
      const passed = mine.filter(entry => entry.expect === 'reject' && !(entry.file in codes))
      expect(passed.map(entry => entry.file)).toEqual([])
    })

    test('what they disagree about ends in a picture or a clear error', { timeout: 300_000 }, async () => {
      await gather(
        mine.filter(entry => entry.expect === 'skip'),
        refusalOf,
      )
    })

    // Of the three above, which draw every file.
    test('is read by no other modules than these', () => {
      expect(loaded.size).toBe(expected)
      const counts: Record<string, number> = {}
      for (const names of loaded.values()) counts[names] = (counts[names] ?? 0) + 1
      expect(counts).toEqual(modules)
      const byLittleCms = [...loaded].filter(([, names]) => names.includes('lcms')).map(([file]) => file)
      const known = Object.keys(tableProfiles).filter(file => mine.some(entry => entry.file === file))
      expect(byLittleCms.sort()).toEqual(known.sort())
    })
  })
}

/** The only files of which a byte comes to C: their profiles are of tables. */
const tableProfiles: Readonly<Record<string, string>> = {
  'jpeg/image-rs__jpeg-decoder/tests/reftest/images/ycck.jpg': 'CMYK, a printing press',
  'jpeg/python-pillow__Pillow/Tests/images/icc_profile_big.jpg': 'RGB by tables',
}

/** What an examination found, by file; nothing for what it found nothing wrong with. */
export async function gather<Entry extends Case>(
  entries: readonly Entry[],
  examine: (entry: Entry) => Promise<string | undefined>,
): Promise<Record<string, string>> {
  const found: Record<string, string> = {}
  for (const entry of entries) {
    const outcome = await examine(entry)
    if (outcome !== undefined) found[entry.file] = outcome
  }
  return found
}
