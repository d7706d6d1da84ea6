import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { firstLine } from '../lib/first-line.mjs'
import { ratioOf, summarise } from '../lib/stats.mjs'
import { turns } from '../lib/turns.mjs'
import { workerBundle } from './worker-start.mjs'

/** @import { ColdStartRow, Input, OpenContender, Shared } from '../types.js' */

const script = fileURLToPath(new URL('../lib/cold.mjs', import.meta.url))

/**
 * From starting a process to its first finished image, in milliseconds; interleaved. Ours also as a Worker in workerd.
 * @param {Shared & { rounds: number, shareMs: number }} settings
 * @returns {Promise<ColdStartRow[]>}
 */
export async function coldStartPass({ inputs: [input], open, yardstick, rounds, shareMs, progress, log }) {
  /** @type {{ id: string, focus?: true, start(): Promise<void> }[]} */
  const starts = open.map(contender => ({
    id: contender.id,
    ...(contender.focus && { focus: contender.focus }),
    start: () => inNode(contender, input),
  }))
  if (!input) return []
  const worker = await workerBundle().catch(error => {
    log(`no Worker bundle: ${firstLine(error)}`)
    return undefined
  })
  if (worker) starts.push({ id: 'sluice-worker', start: () => worker.firstImage(input.path) })
  /** @type {Map<string, Map<number, number>>} */
  const times = new Map(starts.map(({ id }) => [id, new Map()]))
  /** @param {string} id @returns {Map<number, number>} */
  const of = id => times.get(id) ?? new Map()
  /** @param {(typeof starts)[number]} contender @param {number} round */
  const takesPart = ({ id, focus }, round) =>
    round === 0 || turns({ ms: of(id).get(0) ?? 0, focus, rounds: rounds - 1, shareMs })(round - 1)
  for (let round = 0; round < rounds; round++) {
    for (const { id, start } of starts.filter(each => takesPart(each, round))) {
      progress(`cold start: round ${round + 1} of ${rounds}, ${id}`)
      const before = performance.now()
      await start()
      of(id).set(round, performance.now() - before)
    }
  }
  return [...times].map(([contender, mine]) => ({
    input: input.id,
    contender,
    ms: summarise([...mine.values()]),
    ratio: ratioOf(mine, of(yardstick)),
    ...(worker && contender === 'sluice-worker' ? { bundle: worker.bytes } : {}),
  }))
}

/** @param {OpenContender} contender @param {Input} input @returns {Promise<void>} */
function inNode({ id, module, options = {} }, { path, kind }) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, module, JSON.stringify(options), path, kind], {
      stdio: 'ignore',
    })
    child.on('exit', code =>
      code === 0 ? resolve() : reject(new Error(`${id}: cold start ended with ${code}`)),
    )
  })
}
