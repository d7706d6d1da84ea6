import { describe, expect, it } from 'vitest'
import { runScript } from './run.mjs'

interface Report {
  readonly first: string
  readonly stuck: string
  readonly next: string
  readonly ends: readonly string[]
  readonly busyMs: number | 'for ever'
}
const ended = { first: 'drawn', stuck: 'timed-out', next: 'drawn', ends: ['timed-out'] }

describe.concurrent.each(['node', 'deno', 'bun'] as const)('a decode that does not end, on %s', runtime => {
  it('is given up in time and its worker replaced; fuel ends what computes on', async () => {
    const report = (await runScript(runtime, 'stuck.mjs', 'metered')) as Report
    expect(report).toMatchObject(ended)
    expect(report.busyMs).toEqual(expect.any(Number))
  }, 120_000)

  it('of a renderer without fuel is given up as well, but in Deno its thread computes on', async () => {
    const report = (await runScript(runtime, 'stuck.mjs', 'endless')) as Report
    expect(report).toMatchObject(ended)
    // The day that this fails for Deno, docs/security.md has a sentence too much.
    expect(report.busyMs).toEqual(runtime === 'deno' ? 'for ever' : expect.any(Number))
  }, 120_000)
})
