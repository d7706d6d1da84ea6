import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { random } from '../inputs/scene.mjs'
import { measure, search, searches } from './worst-encoder.mjs'

const formats = ['webp', 'webp animation', 'gif', 'avif']
const verdicts = ['accepted', 'too-costly']

test('the stored search found nothing that takes longer than the time of its policy', async () => {
  const file = await readFile(new URL('../results/worst-encoder.json', import.meta.url), 'utf8')
  const found: { format: string; processorMs: number; timeMs: number; verdict: string; tried: number }[] =
    JSON.parse(file).formats
  expect(found.map(({ format }) => format)).toEqual(formats)
  for (const { processorMs, timeMs, verdict, tried } of found) {
    expect(processorMs).toBeLessThanOrEqual(timeMs)
    expect(verdicts).toContain(verdict)
    expect(tried).toBeGreaterThan(1)
  }
})

test('a search is bounded by what it tries, and everything has a verdict', { timeout: 120_000 }, async () => {
  expect(Object.keys(searches)).toEqual(formats)
  for (const { policy } of Object.values(searches)) {
    const job = { policy, sizes: [[64, 48, 1] as const, [48, 48, 3] as const] }
    const worst = await search(job, { next: random(7), until: Number.POSITIVE_INFINITY, most: 3 })
    expect(worst.tried).toBe(3)
    expect(verdicts).toContain(worst.verdict)
  }
})

test('a pattern that libaom would search for half a minute is encoded with less effort', {
  timeout: 120_000,
}, async () => {
  const { avif } = searches
  if (!avif) throw new Error('nothing searches for AVIF')
  const stripes = { kind: 'stripes', cell: 2, variants: 4, colours: 2, density: 0.5, alpha: 0, seed: 1 }
  const candidate = { pattern: stripes, size: [800, 800, 1] as const }
  expect(await measure(avif, candidate)).toMatchObject({ verdict: 'accepted', timeMs: 10_000 })
})
