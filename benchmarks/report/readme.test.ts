import { expect, test } from 'vitest'
import { read, texts } from './readme.mjs'

test('the READMEs and the chart say what the stored results measured', async () => {
  expect(JSON.parse(await read('benchmarks/results/full.json')).quick).toBe(false)
  const told = await texts()
  expect(told.map(([path]) => path)).toEqual(['docs/speed.svg', 'README.md', 'benchmarks/README.md'])
  for (const [path, text] of told) expect(await read(path), path).toBe(text)
})
