import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, expect, test } from 'vitest'
import { sluice } from '../../benchmarks/flood/contenders.mjs'
import { floodFiles } from '../../benchmarks/flood/files.mjs'
import { decodedBy } from '../../benchmarks/flood/is-picture.mjs'
import { runFlood } from '../../benchmarks/flood/run.mjs'
import { isOrderly } from '../../benchmarks/flood/tally.mjs'

/* The short form of `npm run flood`, on the built packages: what is counted, not how long it took. */

const folder = mkdtempSync(join(tmpdir(), 'sluice-flood-test-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('in 2 CPUs and 256 MiB a flood ends in images and refusals, nothing is lost or left', async () => {
  const files = await floodFiles(folder, { large: false })
  const { statuses, misbehaved, ...run } = await runFlood({
    contender: sluice,
    files,
    perSecond: 20,
    seconds: 3,
    isPicture: decodedBy(sharp),
    // Whoever is accepted on a busy machine is waited for.
    patienceMs: 120_000,
  })
  console.log(`limits by ${run.limitsBy}: ${JSON.stringify({ statuses, misbehaved, peakMiB: run.peakMiB })}`)
  expect(run.kills).toEqual([])

  const sum = (counts: Readonly<Record<string, number>>) => Object.values(counts).reduce((a, b) => a + b, 0)
  expect(run.offered).toBe(60)
  expect(sum(statuses) + sum(misbehaved)).toBe(60)
  expect(sum(misbehaved)).toBeGreaterThanOrEqual(2)
  expect(run.hostile.sent).toBeGreaterThanOrEqual(5)
  expect(run.accepted).toBeGreaterThanOrEqual(3)
  expect(Object.keys(statuses).filter(status => !isOrderly(status))).toEqual([])
  expect(run.wrong).toEqual([])

  expect(run.broken).toEqual({ missing: [], changed: [], orphans: [], left: [] })
  expect(run.undecodable).toEqual([])
  expect(run.health.asked).toBeGreaterThan(100)
  expect(run.health.failed).toBe(0)
}, 240_000)
