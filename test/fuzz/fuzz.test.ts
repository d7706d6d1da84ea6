import { expect, test } from 'vitest'
import { fuzz } from '../../fuzz/watch.mjs'

interface Finding {
  readonly kind: string
  readonly detail: string
  readonly input: Uint8Array
}

async function find(target: string, seconds: number) {
  const findings: Finding[] = []
  const url = new URL(`./targets/${target}.mjs`, import.meta.url)
  const options = {
    seconds,
    seed: 1,
    hang: 1000,
    lookEvery: 0,
    onFinding: (finding: Finding) => void findings.push(finding),
  }
  return { findings, sum: await fuzz(url, options) }
}

test('a fault behind comparisons and a hang are found, with the input that shows them', async () => {
  const { findings, sum } = await find('faulty', 20)
  const fault = findings.find(({ kind }) => kind === 'fault')
  expect(fault?.detail).toContain('behind three comparisons')
  expect([...(fault?.input.subarray(0, 3) ?? [])]).toEqual([0x46, 0x55, 0x5a])
  const hang = findings.find(({ kind }) => kind === 'hang')
  expect(hang?.input[3]).toBe(0x48)
  expect(sum.findings).toBe(findings.length)
}, 120_000)

test.each(['leaky-arrays', 'leaky-memory'])(
  'what is held for good is found: %s',
  async target => {
    const { findings } = await find(target, 5)
    expect(findings.map(({ kind }) => kind)).toEqual(['growth'])
  },
  60_000,
)

test.each(['sound', 'wasteful'])(
  'nothing is found where nothing is: %s',
  async target => {
    const { findings, sum } = await find(target, 5)
    expect(findings).toEqual([])
    // A look at the memory comes after each 200, and the first has nothing to compare with.
    expect(sum.executions).toBeGreaterThan(400)
  },
  60_000,
)
