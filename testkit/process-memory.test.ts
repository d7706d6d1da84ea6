import { expect, test } from 'vitest'
import { forgetPeak, peakBytes, residentBytes } from './process-memory.mjs'

const MiB = 2 ** 20

test.runIf(process.platform === 'linux')(
  'a process has what it wrote to resident, and its peak is remembered',
  () => {
    forgetPeak()
    const before = residentBytes('self') ?? expect.fail('nothing is known of this process')
    const written = new Uint8Array(64 * MiB).fill(1)
    const during = residentBytes(process.pid)
    expect(during?.now).toBeGreaterThan(before.now + (written.length * 3) / 4)
    expect(peakBytes()).toBeGreaterThanOrEqual(during?.now ?? 0)
  },
)

test('of a process that is gone, nothing', () => {
  expect(residentBytes(2 ** 22 + 1)).toBeUndefined()
})

test('the peak of this process is known everywhere', () => {
  expect(peakBytes()).toBeGreaterThan(MiB)
})
