import { expect, test } from 'vitest'
import { read, speedChart, speedText, withSpeed } from './readme.mjs'

test('what the README says of speed is what the stored full run measured', async () => {
  const [readme, chart, stored] = await Promise.all(
    ['README.md', 'docs/speed.svg', 'benchmarks/results/full.json'].map(read),
  )
  const result = JSON.parse(stored as string)
  expect(result.quick).toBe(false)
  expect(readme).toBe(withSpeed(readme as string, speedText(result)))
  expect(chart).toBe(`${speedChart(result)}\n`)
})
