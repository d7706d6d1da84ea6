import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { showProgress } from './progress.mjs'

/** A file that takes longer in all ways together, in milliseconds, hangs. */
const hangMs = 180_000

/** @typedef {Record<string, import('./driver.mjs').Result>} Results by the names of their files */

/**
 * Takes files with the packages of a checkout, in child processes that each get the next file when done.
 * @param {string} tree the root of the checkout
 * @param {readonly import('./inputs.mjs').Input[]} inputs
 * @param {{ jobs: number, title: string }} options
 * @returns {Promise<Results>}
 * @throws Error where a process ends or hangs, which is no outcome
 */
export async function takeAll(tree, inputs, { jobs, title }) {
  /** @type {Results} */
  const results = {}
  const advance = showProgress(title, inputs.length)
  const queue = inputs.values()
  const script = fileURLToPath(new URL('driver.mjs', import.meta.url))
  const children = Array.from({ length: Math.min(jobs, inputs.length) }, () => fork(script, [tree]))
  try {
    await Promise.all(
      children.map(async child => {
        const answer = answersOf(child)
        await answer('its start')
        for (const input of queue) {
          child.send(input)
          results[input.name] = /** @type {import('./driver.mjs').Result} */ (await answer(input.name))
          advance()
        }
      }),
    )
    return results
  } finally {
    for (const child of children) child.kill()
  }
}

/** @param {import('node:child_process').ChildProcess} child */
function answersOf(child) {
  const ended = once(child, 'exit')
  return async (/** @type {string} */ asked) => {
    const answered = once(child, 'message', { signal: AbortSignal.timeout(hangMs) })
    const [answer] = await Promise.race([answered, ended])
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`a process ended with ${child.signalCode ?? child.exitCode} at ${asked}`)
    return answer
  }
}
