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

// All runtimes at once, but not both kinds: each keeps a processor busy, and the pool's clock runs on for good pictures.
describe('a decode that does not end is given up in time and its worker replaced', () => {
  const onEach = it.concurrent.for(['node', 'deno', 'bun'] as const)

  describe('where it is metered', () => {
    onEach('fuel ends what computes on, on %s', { timeout: 120_000 }, async runtime => {
      const report = (await runScript(runtime, 'stuck.mjs', 'metered')) as Report
      expect(report).toMatchObject(ended)
      expect(report.busyMs).toEqual(expect.any(Number))
    })
  })

  describe('where nothing meters it', () => {
    onEach('the end of its thread ends it, but not in Deno, on %s', { timeout: 120_000 }, async runtime => {
      const report = (await runScript(runtime, 'stuck.mjs', 'endless')) as Report
      expect(report).toMatchObject(ended)
      // The day that this fails for Deno, docs/security.md has a sentence too much.
      expect(report.busyMs).toEqual(runtime === 'deno' ? 'for ever' : expect.any(Number))
    })
  })
})
