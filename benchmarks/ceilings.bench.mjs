#!/usr/bin/env node
// What a speed-up could gain at most: the whole pipeline with a part of it replaced by an answer that is already known.
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { kernelRenderer, ownWebp } from '@sluice/codecs'
import { definePolicy, sanitize } from '@sluice/core'
import { memoryStore } from '@sluice/stores'
import { replayed } from './contenders/replayed-encoder.mjs'
import { makeInputs } from './inputs/make.mjs'
import { ratioOf, summarise } from './lib/stats.mjs'
import { table } from './report/terminal.mjs'

/** @import { Ceilings } from './types.js' */

const rounds = 9
const out = new URL('./results/ceilings.json', import.meta.url)
/** @param {import('@sluice/core').PolicyInput} settings */
const policy = settings => definePolicy({ maxBytes: '1 GiB', timeMs: 600_000, memoryMb: 4096, ...settings })
/**
 * @param {import('@sluice/core').Renderer} renderer @param {import('@sluice/core').PolicyInput} [settings]
 */
const pipeline =
  (renderer, settings = {}) =>
  async (/** @type {Uint8Array} */ bytes) => {
    await sanitize({ body: bytes }, { policy: policy(settings), renderer, store: memoryStore() })
  }

const inputs = await makeInputs({ quick: false, log: text => void process.stderr.write(`${text}\n`) })
/** @type {Ceilings['rows'][number][]} */
const rows = []
for (const id of ['photo-12', 'photo-48', 'screenshot']) {
  const input = inputs.find(one => one.id === id)
  if (!input) throw new Error(`no input is called ${id}`)
  const { path, title, kind } = input
  const bytes = new Uint8Array(await readFile(path))
  const replay = replayed(ownWebp())
  /** @type {Record<string, (bytes: Uint8Array) => Promise<void>>} */
  const ways = {
    whole: pipeline(kernelRenderer()),
    'encoding for nothing': pipeline(kernelRenderer({ encoder: replay.encoder })),
    'effort 4': pipeline(kernelRenderer(), { output: { effort: 4 } }),
    'effort 0': pipeline(kernelRenderer(), { output: { effort: 0 } }),
  }
  // The lossless trial of drawings is not in the encoder that is replaced.
  if (kind === 'screenshot') delete ways['encoding for nothing']
  /** @type {Map<string, Map<number, number>>} */
  const times = new Map(Object.keys(ways).map(way => [way, new Map()]))
  for (let round = -1; round < rounds; round++) {
    for (const [way, run] of Object.entries(ways)) {
      replay.rewind()
      const start = performance.now()
      await run(bytes)
      if (round >= 0) times.get(way)?.set(round, performance.now() - start)
    }
  }
  for (const [way, mine] of times)
    rows.push({
      input: id,
      title,
      way,
      ms: summarise([...mine.values()]),
      ratio: ratioOf(mine, times.get('whole') ?? new Map()),
    })
}

const result = {
  date: new Date().toISOString(),
  machine: { cpu: cpus()[0].model, cores: cpus().length, node: process.version },
  rounds,
  rows,
}
await mkdir(new URL('.', out), { recursive: true })
await writeFile(out, `${JSON.stringify(result, null, 1)}\n`)
process.stdout.write(
  `${table(
    ['', '', 'ms', 'of the whole'],
    rows.map(({ title, way, ms, ratio }) => [title, way, ms.median.toFixed(1), ratio.median.toFixed(2)]),
  )}\n`,
)
