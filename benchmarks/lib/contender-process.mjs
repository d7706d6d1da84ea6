import { fork } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** @import { Answers, ContenderEntry, ContenderProcess } from '../types.js' */

/**
 * @typedef {{ resolve(value: Answers[keyof Answers]): void, reject(error: Error): void, timer: NodeJS.Timeout }} Waiting
 */

const child = fileURLToPath(new URL('./child.mjs', import.meta.url))

/**
 * Starts a contender in its own process. Rejects where it cannot start: a rival that is missing is told, not hidden.
 * One that dies over an input is started anew with the next question, so that one bad case does not end the others.
 * @param {Pick<ContenderEntry, 'module' | 'options' | 'runtime'>} contender @param {number} timeoutMs
 * @returns {Promise<ContenderProcess>}
 */
export async function startContender({ module, options = {}, runtime }, timeoutMs = 120_000) {
  /** @type {ReturnType<typeof spawnChild>} */
  let worker
  /** @type {string} */
  let version = ''
  const open = async () => {
    worker = spawnChild({ module, options, runtime }, timeoutMs)
    ;({ version } = await worker.ask('open'))
  }
  await open()
  return {
    version,
    async ask(command, rest, withinMs) {
      if (worker.ended()) await open()
      return worker.ask(command, rest, withinMs)
    },
    close: () => worker.close(),
  }
}

/** The program of a package whose install script would have put it into place. */
function bunProgram() {
  const rivals = createRequire(new URL('../rivals/package.json', import.meta.url))
  const own = createRequire(rivals.resolve('bun/package.json'))
  return join(dirname(own.resolve(`@oven/bun-${process.platform}-${process.arch}/package.json`)), 'bin/bun')
}

/**
 * @param {Required<Pick<ContenderEntry, 'module' | 'options'>> & Pick<ContenderEntry, 'runtime'>} contender
 * @param {number} timeoutMs
 */
function spawnChild({ module, options, runtime }, timeoutMs) {
  const worker = fork(child, [module, JSON.stringify(options)], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    execArgv: ['--expose-gc'],
    execPath: runtime === 'bun' ? bunProgram() : process.execPath,
  })
  /** @type {Map<number, Waiting>} */
  const waiting = new Map()
  let stderr = ''
  let next = 0
  let ended = false
  /** @param {number} id @param {(entry: Waiting) => void} act */
  const settle = (id, act) => {
    const entry = waiting.get(id)
    if (!entry) return
    waiting.delete(id)
    clearTimeout(entry.timer)
    act(entry)
  }
  const kill = () => {
    ended = true
    worker.kill('SIGKILL')
  }
  worker.stderr?.on('data', chunk => {
    stderr = (stderr + chunk).slice(-2000)
  })
  worker.on('message', message => {
    const { id, value, error } =
      /** @type {{ id: number, value: Answers[keyof Answers], error?: string }} */ (message)
    settle(id, entry => (error ? entry.reject(new Error(error)) : entry.resolve(value)))
  })
  worker.on('exit', code => {
    ended = true
    for (const id of [...waiting.keys()])
      settle(id, entry => entry.reject(new Error(`ended with ${code}: ${stderr.trim().split('\n').at(-1)}`)))
  })
  /** @type {ContenderProcess['ask']} */
  const ask = (command, rest = {}, withinMs = timeoutMs) =>
    new Promise((resolve, reject) => {
      const id = next++
      const timer = setTimeout(() => {
        kill()
        settle(id, entry => entry.reject(new Error(`${command}: no answer in ${withinMs / 1000} s`)))
      }, withinMs)
      // The child answers a command with what Answers says of it.
      waiting.set(id, { resolve: /** @type {Waiting['resolve']} */ (resolve), reject, timer })
      worker.send({ id, command, ...rest })
    })
  return { ask, ended: () => ended, close: () => ask('close').catch(kill) }
}
