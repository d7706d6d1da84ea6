import { expect, test } from 'vitest'
import type { OpenContender } from '../types.js'
import { firstRuns, roundsFor, takeTurns } from './take-turns.mjs'

const plan = { rounds: 3, mostRounds: 15, focusMs: 4500, turnMs: 50, warmMs: 300 }
const input = { id: 'one', title: 'one', kind: 'photo', roles: [], path: '/nowhere' }

/** One that takes `ms` of time and twice as many of processors for an image, and tells what it was asked. */
function contender(id: string, ms: number, { width = 4, refuses = false, asked = [] as string[] } = {}) {
  const answers: Record<string, object> = {
    run: { ms, size: 1000, width, height: 3 },
    throughput: { images: 2, seconds: (ms * 2) / 1000, processorSeconds: (ms * 4) / 1000 },
  }
  const ask = async (command: string) => {
    asked.push(`${id} ${command}`)
    if (refuses && command === 'run') throw new Error('too-many-scans\n  at a line')
    return answers[command]
  }
  return {
    id,
    label: id,
    module: '',
    version: '1',
    process: { version: '1', ask, close: async () => {} },
  } as OpenContender
}

test('who refuses, or makes another size, takes no part, and says why', async () => {
  const open = [
    contender('ours', 1),
    contender('strict', 1, { refuses: true }),
    contender('other', 1, { width: 5 }),
    contender('same', 1),
  ]
  const { able, cannot } = await firstRuns(open, input)
  expect(able.map(({ id }) => id)).toEqual(['ours', 'same'])
  expect(cannot).toEqual({ strict: 'too-many-scans', other: 'made 5x3, not 4x3' })
})

test('everybody takes each round once, and ratios are of the first to the others', async () => {
  const asked: string[] = []
  const { able } = await firstRuns(
    [contender('ours', 200, { asked }), contender('rival', 400, { asked })],
    input,
  )
  const { rounds, of, ratio } = await takeTurns(able, plan)
  expect(rounds).toBe(7)
  const turns = asked.filter(line => line.endsWith('throughput'))
  expect(turns).toEqual(Array.from({ length: 8 }, () => ['ours throughput', 'rival throughput']).flat())
  expect(of.ours).toEqual({ ms: 200, processorMs: 400, bytes: 1000 })
  expect(ratio).toEqual({ rival: { time: 0.5, processor: 0.5 } })
})

test('rounds are odd and as many as the time allows, within bounds', () => {
  expect([1, 150, 600, 5000].map(ms => roundsFor(ms, plan))).toEqual([15, 15, 7, 3])
})
