import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { isLong } from '@sluice/testkit/long'
import { expect, it } from 'vitest'

const script = fileURLToPath(new URL('./uploads.mjs', import.meta.url))
const total = isLong ? 20_000 : 5_000
const MiB = 2 ** 20

interface Held {
  readonly rss: number
  readonly heapUsed: number
  readonly external: number
  readonly wasm: number
}

it('thousands of mixed uploads leave nothing behind', async () => {
  const args = ['--expose-gc', script, String(total)]
  const { stdout } = await promisify(execFile)(process.execPath, args)
  const { accepted, refused, faults, after } = JSON.parse(stdout) as {
    readonly accepted: number
    readonly refused: number
    readonly faults: readonly string[]
    readonly after: readonly Held[]
  }
  expect(faults).toEqual([])
  expect(accepted).toBeGreaterThan(total / 5)
  expect(refused).toBeGreaterThan(total / 5)
  expect(accepted + refused).toBe(total)

  // The first thousand warm up; from the second to the last nothing may grow.
  expect(after.length).toBe(total / 1000)
  const [, second] = after
  const last = after.at(-1)
  for (const part of ['rss', 'heapUsed', 'external', 'wasm'] as const)
    expect((last?.[part] ?? Number.NaN) - (second?.[part] ?? Number.NaN), part).toBeLessThan(16 * MiB)
}, 900_000)
