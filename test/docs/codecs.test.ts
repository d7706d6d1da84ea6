import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../package/pack.js'
import { expectGenerated, tableOf } from './generated.js'

interface Row {
  readonly input: string
  readonly contender: string
  readonly ms?: { readonly median: number }
  readonly wasm?: number
}
interface Result {
  readonly inputs: readonly { readonly id: string; readonly title: string }[]
  readonly latency: readonly Row[]
  readonly memory: readonly Row[]
}

const contenders = {
  sluice: 'default',
  'sluice-libwebp': 'with `libwebp()`',
  'sluice-jsquash': '`jsquashRenderer()`',
  jsquash: 'jSquash as documented, no sandbox',
}
const inputs = ['photo-12', 'photo-48', 'screenshot', 'photo-png', 'sticker']

test('docs/codecs.md says what was measured', async () => {
  const {
    latency,
    memory,
    inputs: known,
  }: Result = JSON.parse(readFileSync(join(root, 'benchmarks/results/full.json'), 'utf8'))
  const find = (rows: readonly Row[], input: string, contender: string) =>
    rows.find(row => row.input === input && row.contender === contender)
  const rows = inputs.map(input => {
    const title = known.find(({ id }) => id === input)?.title ?? input
    const cells = Object.keys(contenders).map(contender => {
      const ms = find(latency, input, contender)?.ms?.median
      const bytes = find(memory, input, contender)?.wasm
      expect(ms, `${contender} of ${input}`).toBeGreaterThan(0)
      return `${Math.round(ms ?? 0)} ms${bytes ? `, ${Math.round(bytes / 2 ** 20)} MiB` : ''}`
    })
    return [title, ...cells]
  })
  await expectGenerated('docs/codecs.md', 'codecs', tableOf(['', ...Object.values(contenders)], rows))
})
