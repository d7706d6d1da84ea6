import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { expect, test } from 'vitest'

interface Simulator {
  getR2Bucket(name: string): Promise<{ put(key: string, content: string | ArrayBuffer): Promise<unknown> }>
  getWorker(): Promise<{ scheduled(options: { scheduledTime: Date }): Promise<{ outcome: string }> }>
  dispose(): Promise<void>
}
const { Miniflare }: { Miniflare: new (options: object) => Simulator } = createRequire(import.meta.url)(
  'miniflare',
)

const root = new URL('../../', import.meta.url)

/** The Worker of docs/operations.md as it stands there. */
async function program(): Promise<string> {
  const manual = readFileSync(new URL('docs/operations.md', root), 'utf8')
  const [, contents = ''] = /```js\n((?:(?!```)[\s\S])*async scheduled[\s\S]*?)```/.exec(manual) ?? []
  expect(contents).toContain('export default')
  const { outputFiles } = await build({
    stdin: { contents },
    // Where aliases are looked for.
    absWorkingDir: fileURLToPath(new URL('.', import.meta.url)),
    bundle: true,
    format: 'esm',
    conditions: ['@sluice/source'],
    alias: { sluice: '@sluice/core', 'sluice/stores/r2': '@sluice/stores/r2' },
    write: false,
  })
  return outputFiles[0]?.text ?? ''
}

const image = readFileSync(new URL('fixtures/files/webp/lossless-alpha.webp', root))
const key = (month: string, digits: string) => `${month}/${digits.padEnd(32, '0')}.webp`

test('the cron trigger of the manual looks at one part of each month in a turn, and in a day at all', async () => {
  let output = ''
  const simulator = new Miniflare({
    modules: true,
    script: await program(),
    r2Buckets: ['BUCKET'],
    cf: false,
    handleRuntimeStdio: (...streams: NodeJS.ReadableStream[]) => {
      for (const stream of streams)
        stream.on('data', data => {
          output += data
        })
    },
  })
  const bad = [key('202511', '00'), key('202512', '7f1'), key('202601', 'ff'), key('202611', '7f2')]
  try {
    const bucket = await simulator.getR2Bucket('BUCKET')
    for (const name of bad) await bucket.put(name, '<?php')
    await bucket.put(key('202511', '7f'), Uint8Array.from(image).buffer)
    const worker = await simulator.getWorker()
    const start = Date.UTC(2026, 10, 28)
    for (let turn = 0; turn < 288; turn++) {
      const { outcome } = await worker.scheduled({ scheduledTime: new Date(start + turn * 300_000) })
      expect(outcome).toBe('ok')
    }
  } finally {
    await simulator.dispose()
  }
  const found = output.matchAll(/\{"event":"audit\.finding","key":"([^"]+)"/g)
  const keys = [...found].map(([, name]) => name)
  expect([...new Set(keys)].sort()).toEqual(bad)
})
