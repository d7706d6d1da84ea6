import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { ratioOf, summarise } from '../lib/stats.mjs'
import { turns } from '../lib/turns.mjs'
import { workerBundle } from './worker-start.mjs'

const script = fileURLToPath(new URL('../lib/cold.mjs', import.meta.url))

/** From starting a process to its first finished image, in milliseconds; interleaved. Ours also as a Worker in workerd. */
export async function coldStartPass({ inputs: [input], open, yardstick, rounds, shareMs, progress, log }) {
  const starts = open.map(contender => ({ ...contender, start: () => inNode(contender, input) }))
  const worker = await workerBundle().catch(error => log(`no Worker bundle: ${error.message.split('\n')[0]}`))
  if (worker) starts.push({ id: 'sluice-worker', start: () => worker.firstImage(input.path) })
  const times = new Map(starts.map(({ id }) => [id, new Map()]))
  const takesPart = ({ id, focus }, round) =>
    round === 0 || turns({ ms: times.get(id).get(0), focus, rounds: rounds - 1, shareMs })(round - 1)
  for (let round = 0; round < rounds; round++) {
    for (const { id, start } of starts.filter(each => takesPart(each, round))) {
      progress(`cold start: round ${round + 1} of ${rounds}, ${id}`)
      const before = performance.now()
      await start()
      times.get(id).set(round, performance.now() - before)
    }
  }
  return [...times].map(([contender, mine]) => ({
    input: input.id,
    contender,
    ms: summarise([...mine.values()]),
    ratio: ratioOf(mine, times.get(yardstick)),
    ...(contender === 'sluice-worker' ? { bundle: worker.bytes } : {}),
  }))
}

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
