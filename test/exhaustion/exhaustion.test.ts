import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { isLong } from '@sluice/testkit/long'
import { describe, expect, it } from 'vitest'

const script = fileURLToPath(new URL('./bad-uploads.mjs', import.meta.url))
const total = isLong ? 10_000 : 2_500
const MiB = 2 ** 20

/**
 * A process of its own on the built packages, so that its memory is nobody else's. The nursery of V8 stays
 * small: by itself it grows to 32 MiB in the first thousands, and no leak could be told from that.
 */
const flags = ['--expose-gc', '--max-semi-space-size=2']

async function run(renderer: string, mode: 'pipeline' | 'renderer') {
  const { stdout } = await promisify(execFile)(process.execPath, [
    ...flags,
    script,
    renderer,
    mode,
    String(total),
  ])
  return JSON.parse(stdout) as {
    codes: Record<string, number>
    accepted: number
    good: number
    after100: { rss: number; external: number }
    atEnd: { rss: number; external: number }
  }
}

describe.each(['kernelRenderer', 'jsquashRenderer'])('%s after thousands of bad uploads', renderer => {
  it.each(['pipeline', 'renderer'] as const)(
    'refuses all (%s), still draws good ones, and holds no more memory than after the first hundred',
    async mode => {
      const { codes, accepted, good, after100, atEnd } = await run(renderer, mode)
      expect(accepted).toBe(0)
      expect(Object.values(codes).reduce((sum, count) => sum + count, 0)).toBe(total)
      expect(Object.keys(codes).filter(code => code.startsWith('not an UploadError'))).toEqual([])
      expect(good).toBe(2)
      expect(atEnd.rss - after100.rss).toBeLessThan(32 * MiB)
      expect(atEnd.external - after100.external).toBeLessThan(32 * MiB)
    },
    600_000,
  )
})
