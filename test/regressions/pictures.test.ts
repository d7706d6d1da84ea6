import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { noteTable } from '@sluice/core'
import { findCases } from '@sluice/testkit/find-corpus'
import { thumbDistance, thumbOf } from '@sluice/testkit/thumb8'
import { describe, expect, test } from 'vitest'
import { draw, verdictOf } from './draw.js'

/* Files of public reports that other programs draw wrong or refuse, with what Chromium 150 shows of them. */

interface Reported {
  readonly file: string
  readonly size: readonly [number, number]
  readonly frames: number
  readonly notes: readonly string[]
  /** Of the first frame, in sRGB. */
  readonly thumb8: string
}

/** After lossy WebP. */
const MATCH = 16

const cases = findCases()
if (cases === undefined) console.warn('NOT TESTED: what needs the reported pictures (SLUICE_CASES=none)')
const reported: readonly Reported[] = JSON.parse(
  readFileSync(new URL('pictures.json', import.meta.url), 'utf8'),
)
const losses = ['metadata-dropped', 'trailing-dropped', 'profile-of-another-model']

test('there are reports, and every note in them is of the table', () => {
  expect(reported.length).toBeGreaterThanOrEqual(23)
  for (const { notes } of reported) for (const code of notes) expect(Object.keys(noteTable)).toContain(code)
})

describe.runIf(cases !== undefined)('reported pictures', () => {
  const bytesOf = (file: string) => new Uint8Array(readFileSync(join(cases ?? '', 'pictures', file)))

  test.each(reported)('$file', async ({ file, size, frames, notes, thumb8 }) => {
    const drawn = await draw(bytesOf(file))
    expect(drawn).toMatchObject({ size, frames, notes })
    expect(thumbDistance(drawn.thumb, thumbOf(thumb8))).toBeLessThanOrEqual(MATCH)
  })

  test.each(reported)('$file without repairs', async ({ file, notes }) => {
    const isRepaired = notes.some(code => !losses.includes(code))
    expect(await verdictOf(bytesOf(file), { repair: 'none' })).toBe(isRepaired ? 'needs-repair' : 'accepted')
  })
})
