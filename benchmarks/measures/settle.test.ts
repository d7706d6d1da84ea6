import { expect, test } from 'vitest'
import { settle } from './settle.mjs'

const inputs = [{ id: 'calm' }, { id: 'wild' }]
const summary = (median: number) => ({ median, low: median, high: median, rounds: 1 })

/** Measures `wild` as the list says, pass by pass, and `calm` always the same. */
function passes(wild: readonly number[]) {
  const asked: string[][] = []
  const said: string[] = []
  const took: number[] = []
  const contenders = [{ id: 'sluice', focus: true }, { id: 'other' }]
  let turn = 0
  const measure = async (
    list: readonly { id: string }[],
    takePart: (all: typeof contenders) => typeof contenders,
  ) => {
    asked.push(list.map(({ id }) => id))
    took.push(takePart(contenders).length)
    const now = wild[turn++] ?? Number.NaN
    return list.flatMap(({ id }) => {
      const ratio = id === 'calm' ? 0.5 : now
      const row = { input: id, ms: summary(ratio * 100), ratio: summary(ratio) }
      return takePart(contenders).map(contender => ({ ...row, contender: contender.id }))
    })
  }
  const settings = { inputs, focus: 'sluice', margin: 0.1, passes: 4, log: (text: string) => said.push(text) }
  return { run: () => settle(measure, settings), asked, said, took }
}

test('two passes that agree are enough', async () => {
  const { run, asked, said, took } = passes([0.3, 0.31])
  const rows = await run()
  expect(took).toEqual([2, 1])
  expect(asked).toEqual([
    ['calm', 'wild'],
    ['calm', 'wild'],
  ])
  expect(said).toEqual([])
  const wild = rows.filter(row => row.input === 'wild')
  expect(wild.map(({ contender }) => contender)).toEqual(['sluice', 'other'])
  expect(wild[0]).toMatchObject({
    ratio: { median: 0.305, low: 0.3, high: 0.31, rounds: 2 },
    passes: [0.3, 0.31],
  })
})

test('an input on which passes disagree is measured again, alone, and said', async () => {
  const { run, asked, said } = passes([0.3, 0.4, 0.41])
  const rows = await run()
  expect(asked.slice(2)).toEqual([['wild']])
  expect(said).toEqual(['two passes disagree by more than 10 % on wild: once more'])
  const [sluice, other] = rows.filter(row => row.input === 'wild')
  expect(sluice).toMatchObject({ contender: 'sluice', passes: [0.4, 0.41] })
  expect(sluice).not.toHaveProperty('unsettled')
  // Measured in the first pass alone.
  expect(other).toMatchObject({ contender: 'other', ratio: { median: 0.3 } })
})

test('what never agrees is marked, not averaged away', async () => {
  const { run, asked } = passes([0.3, 0.4, 0.3, 0.4])
  const rows = await run()
  expect(asked).toHaveLength(4)
  expect(rows.find(row => row.input === 'wild')).toMatchObject({ unsettled: true, passes: [0.3, 0.4] })
  expect(rows[0]).not.toHaveProperty('unsettled')
})
