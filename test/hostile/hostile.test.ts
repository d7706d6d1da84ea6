import { beforeAll, describe, expect, it } from 'vitest'
import { holdsAll, type Result } from './holds.js'
import { run, ways } from './run.mjs'

/* On the built packages, one thread, no worker: limits, fuel and memory have to hold by themselves. */

const results: Result[] = []
beforeAll(() => run(ways, result => results.push(result as Result)), 1_200_000)

describe.each(ways)('%s', mode => {
  const mine = () => results.filter(result => result.mode === mode)
  const of = (name: string) => mine().find(result => result.name === name)

  holdsAll(mine)

  if (mode === 'pipeline')
    it('gives the verdict that is known of the made ones', () => {
      const wrong = mine().filter(
        ({ made, expected, ok, verdict }) => made && (ok ? 'accepted' : verdict) !== expected,
      )
      expect(wrong).toEqual([])
    })

  if (mode === 'raised')
    it('draws with the same fuel what the default policy accepts', () => {
      const accepted = results.filter(({ mode, made, ok }) => mode === 'pipeline' && made && ok)
      expect(accepted.length).toBeGreaterThan(5)
      for (const { name, fuel } of accepted) expect(of(name)?.fuel, name).toBe(fuel)
    })

  if (mode === 'raised')
    it.each(['scans-1000-25mp.jpg', 'pixels-4294mp.png'])(
      'runs out of what its time allows, though it was priced higher: %s',
      name => expect(of(name)?.verdict).toBe('too-costly'),
    )

  if (mode === 'liar')
    it.each(['scans-100-64mp.jpg', 'pixels-64mp-16-bit.png', 'pixels-4294mp.png', 'pixels-64mp-plain.webp'])(
      'is refused for its size before a pixel is decoded: %s',
      name => {
        expect(of(name)?.verdict).toBe('decode-failed')
        expect(of(name)?.fuel).toBeLessThan(1e6)
      },
    )

  if (mode === 'starved')
    it.each([
      'scans-20000.jpg',
      'scans-1000-25mp.jpg',
      'scans-100-64mp.jpg',
      'pixels-64mp-16-bit.png',
      'pixels-64mp-plain.webp',
    ])('runs out of fuel: %s', name => expect(of(name)?.verdict).toBe('too-costly'))
})
