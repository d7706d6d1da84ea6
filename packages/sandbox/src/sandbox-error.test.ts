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
    expect(classify(value, { fuelLeft: -1, refusedBytes: 65_536 }).kind).toBe('out-of-fuel')
    expect(classify(value, { fuelLeft: 0, refusedBytes: 65_536 }).kind).toBe('out-of-memory')
    const kind = value instanceof Refusal ? 'refused' : 'trap'
    expect(classify(value, { fuelLeft: 0, refusedBytes: 0 })).toMatchObject({ kind, cause: value })
  })
})
