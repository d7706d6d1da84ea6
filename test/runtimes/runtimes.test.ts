import { beforeAll, describe, expect, it } from 'vitest'
import { pictures } from './pictures.js'
import { prepare, runtimes } from './run.mjs'

interface Report {
  results: Record<string, Record<'decode' | 'upload' | 'stock' | 'withPacks', Record<string, unknown>>>
  pooled?: Record<string, unknown>
  left: string[]
  held: boolean
}

let node: Report

beforeAll(async () => {
  await prepare(await pictures())
  node = (await runtimes.node()) as Report
}, 120_000)

describe('on Node', () => {
  it('good pictures are drawn, and bombs end where they should', () => {
    const { results } = node
    for (const name of ['valley.jpg', 'grey.jpg', 'photo.png', 'deep.png', 'lossy.webp', 'alpha.webp']) {
      expect(results[name]?.decode).toMatchObject({ warnings: [], cost: { fuel: expect.any(Number) } })
      expect(results[name]?.upload).toHaveProperty('sha256')
      expect(results[name]?.stock).toHaveProperty('sha256')
    }
    for (const name of ['still.gif', 'animated.gif']) expect(results[name]?.upload).toHaveProperty('sha256')
    for (const name of ['scene.avif', 'scene.heic']) {
      expect(results[name]?.upload).toEqual({ refused: 'format-not-enabled' })
      expect(results[name]?.withPacks).toMatchObject({ width: 160, variants: [expect.any(String)] })
    }
    expect(results['cut.jpg']?.decode).toMatchObject({ warnings: ['Premature end of JPEG file'] })
    expect(results['scans.jpg']).toEqual({
      decode: { refused: 'out-of-fuel' },
      upload: { refused: 'too-many-scans' },
      stock: { refused: 'too-many-scans' },
      withPacks: {},
    })
    expect(results['pixels.jpg']?.decode).toEqual({ refused: 'out-of-memory' })
    expect(results['pixels.png']?.decode).toEqual({ refused: 'out-of-memory' })
    for (const [name, { upload }] of Object.entries(results))
      if (/cut|scans|pixels/.test(name)) expect(upload).toHaveProperty('refused')
  })
})

describe.each(Object.keys(runtimes) as (keyof typeof runtimes)[])('on %s', name => {
  it('every picture ends as on Node: the same bytes, the same fuel, the same refusals', async () => {
    const report = (await runtimes[name]()) as Report
    expect(report.results).toEqual(node.results)
    expect(report.left).toEqual([])
    expect(report.held).toBe(true)
    if (!report.pooled) return
    // Workers draw what the same thread drew.
    for (const [picture, { upload }] of Object.entries(node.results))
      expect(report.pooled[picture]).toEqual(upload)
  }, 120_000)
})
