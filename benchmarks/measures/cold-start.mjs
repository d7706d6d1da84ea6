import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { summarise } from '../lib/stats.mjs'

const script = fileURLToPath(new URL('../lib/cold.mjs', import.meta.url))

/** From starting a Node process to its first finished image, in milliseconds; interleaved. */
export async function measureColdStart({ input, open, rounds, progress }) {
  const times = new Map(open.filter(contender => !contender.slow).map(contender => [contender, []]))
  for (let round = 0; round < rounds; round++) {
    for (const [contender, list] of times) {
      const start = performance.now()
      await new Promise((resolve, reject) => {
        const child = spawn(
          process.execPath,
          [script, contender.module, JSON.stringify(contender.options ?? {}), input.path, input.kind],
          { stdio: 'ignore' },
        )
        child.on('exit', code =>
          code === 0 ? resolve() : reject(new Error(`${contender.id}: cold start ended with ${code}`)),
        )
      })
      list.push(performance.now() - start)
    }
    progress(`cold start: round ${round + 1} of ${rounds}`)
  }
  return [...times].map(([contender, list]) => ({ contender: contender.id, ms: summarise(list) }))
}
