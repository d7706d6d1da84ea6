import { appendFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { chaos, type Round } from './chaos.js'
import { faults } from './faults.js'
import { lineOf, linesEvery } from './lines.js'

/*
 * The short form, each fault once. `npm run chaos` sets CHAOS_FAULTS to more, and adds what came of them to
 * results/chaos.jsonl.
 */
const count = Number(process.env.CHAOS_FAULTS ?? faults.length)
const isLong = process.env.CHAOS_FAULTS !== undefined

let scratch = ''
beforeAll(() => {
  // Of Debian's packages strace and mount; a disk of its own needs root.
  for (const program of ['/usr/bin/strace', '/usr/bin/mount'])
    expect(existsSync(program), `${program} is missing`).toBe(true)
  expect(process.getuid?.(), 'these tests are run by root').toBe(0)
  scratch = mkdtempSync(join(tmpdir(), 'sluice-chaos-'))
})
afterAll(() => rmSync(scratch, { recursive: true }))

test('whatever fails: what was told is there, nothing else is public, nothing is left', {
  timeout: count * 60_000,
}, async () => {
  const rounds: Round[] = []
  let block: Round[] = []
  for await (const round of chaos(count, scratch)) {
    rounds.push(round)
    block.push(round)
    if (isLong && block.length === linesEvery) {
      appendFileSync(new URL('results/chaos.jsonl', import.meta.url), `${JSON.stringify(lineOf(block))}\n`)
      block = []
    }
    expect(round.problems, `${round.fault}, round ${rounds.length}`).toEqual([])
  }
  expect(rounds).toHaveLength(count)
  expect(rounds.reduce((sum, { accepted }) => sum + accepted, 0)).toBeGreaterThan(count)
})
