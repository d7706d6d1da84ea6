import { describe, expect, it } from 'vitest'
import { classify, Refusal } from './sandbox-error.js'

class ExitStatus {
  readonly status = 1
}

describe('classify', () => {
  const thrown = [
    new WebAssembly.RuntimeError('unreachable'),
    new RangeError('Maximum call stack size exceeded'),
    98488,
    'text',
    undefined,
    null,
    new ExitStatus(),
    new Refusal('bad Huffman code'),
  ]

  it.each(thrown)('goes by the gauges, whatever was thrown: %s', value => {
    const wanted = { fuelLeft: 0, refusedBytes: 65_536, refusedByRuntime: false }
    expect(classify(value, { ...wanted, fuelLeft: -1 }).kind).toBe('out-of-fuel')
    expect(classify(value, wanted).kind).toBe('out-of-memory')
    expect(classify(value, { ...wanted, refusedByRuntime: true }).kind).toBe('no-memory')
    const kind = value instanceof Refusal ? 'refused' : 'trap'
    expect(classify(value, { ...wanted, refusedBytes: 0 })).toMatchObject({ kind, cause: value })
  })
})
