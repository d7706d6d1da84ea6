import { cgroupOf } from '@sluice/testkit/cgroup'
import { expect, test } from 'vitest'
import { largePhoto } from '../adapters/large-photo.js'
import { oneMachine } from './one-machine.js'

test('a worker in 256 MiB takes photos of 48 megapixels, several at a time', async () => {
  const group = cgroupOf({ bytes: 256 * 2 ** 20 })
  const machine = await oneMachine()
  try {
    await machine.hire(group.under)
    const photo = await largePhoto(8000, 6000, 85)
    const ids = await Promise.all([1, 2, 3, 4, 5, 6].map(() => machine.send(photo)))
    await machine.enqueue(ids)
    const results = await machine.results(ids.length)
    expect(new Set(results.map(({ id }) => id))).toEqual(new Set(ids))
    for (const { stored } of results) expect(stored).toMatchObject({ width: 1600, height: 1200 })
    const peakMb = Math.max(...results.map(each => each.peakMb))
    console.log(`at most ${peakMb} MiB of 256, photos of ${(photo.length / 2 ** 20).toFixed(1)} MiB`)
    expect(peakMb).toBeLessThan(256)
  } finally {
    await machine.stop()
    group.remove()
  }
}, 120_000)
