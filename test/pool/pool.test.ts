import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'

interface Ended {
  code: string
  milliseconds: number
}
interface Report {
  mixed: string[]
  all: Ended[]
  onlyGood: Ended[]
  before: number
  after: number
  ended: unknown[]
}

async function run(maxQueue: number): Promise<Report> {
  const script = fileURLToPath(new URL('./uploads.mjs', import.meta.url))
  // Not the conditions of the test runner, which would lead to the sources.
  const { PATH } = process.env
  const { stdout } = await promisify(execFile)(process.execPath, [...flags, script, String(maxQueue)], {
    env: { PATH },
  })
  return JSON.parse(stdout)
}

// Without the second, the engine lets room for young objects grow as it likes, and that is measured.
const flags = ['--expose-gc', '--max-semi-space-size=1']

const good = /^(valley|grey|photo|lossy)\./

describe('fifty uploads at once, two workers', () => {
  it('with room for all: the good are drawn, the bad refused, nothing stays behind', async () => {
    const { mixed, all, onlyGood, before, after, ended } = await run(50)
    expect(mixed.some(name => good.test(name))).toBe(true)
    expect(mixed.some(name => !good.test(name))).toBe(true)
    for (const [i, { code }] of all.entries()) {
      const name = mixed[i % mixed.length] ?? ''
      if (good.test(name)) expect(code).toBe('accepted')
      else expect(code).not.toMatch(/^(accepted|busy|timed-out|render-failed|foreign)/)
    }
    expect(onlyGood.map(({ code }) => code)).toEqual(Array(50).fill('accepted'))
    expect(ended).toEqual([])
    expect(after - before).toBeLessThan(64 * 2 ** 20)
  }, 120_000)

  it('with room for ten: the rest are told to come back, before any of the others is done', async () => {
    const { onlyGood } = await run(10)
    const accepted = onlyGood.filter(({ code }) => code === 'accepted')
    const busy = onlyGood.filter(({ code }) => code === 'busy')
    expect([accepted.length, busy.length]).toEqual([12, 38])
    const first = Math.min(...accepted.map(({ milliseconds }) => milliseconds))
    expect(Math.max(...busy.map(({ milliseconds }) => milliseconds))).toBeLessThan(first)
  }, 120_000)
})
