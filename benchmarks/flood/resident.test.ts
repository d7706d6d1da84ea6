import { expect, test } from 'vitest'
import { residentOf, sumOf } from './resident.mjs'

const mapping = (range: string, rights: string, kB: number) =>
  `${range} ${rights} 00000000 00:00 0 \nSize:  99 kB\nRss:   ${kB} kB\nPss:  ${kB} kB\n`

test('a linear memory is what gigabytes of guard lie behind', () => {
  const smaps = [
    mapping('7f3882ff0000-7f3902ff0000', '---p', 0),
    mapping('7f3902ff0000-7f39042b0000', 'rw-p', 2048),
    mapping('7f39042b0000-7f3b82ff0000', '---p', 0),
    // A stack, behind which lies less; and one behind which something else begins.
    mapping('7f4000000000-7f4000100000', 'rw-p', 1024),
    mapping('7f4000100000-7f4000200000', '---p', 0),
    mapping('7f5000000000-7f5000100000', 'rw-p', 512),
    mapping('7f5000200000-7f5100200000', '---p', 0),
  ].join('')
  expect(sumOf(smaps)).toEqual({ linearMiB: 2, otherMiB: 1.5 })
})

test.runIf(process.platform === 'linux')(
  'of this process: a memory that was written to is among them',
  () => {
    const before = residentOf(process.pid)
    const memory = new WebAssembly.Memory({ initial: 512, maximum: 1024 })
    new Uint8Array(memory.buffer).fill(1)
    const { linearMiB, otherMiB } = residentOf(process.pid)
    expect(linearMiB - before.linearMiB).toBeCloseTo(32)
    expect(otherMiB).toBeGreaterThan(10)
    expect(memory.buffer.byteLength).toBe(512 * 65_536)
  },
)
