import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const child = fileURLToPath(new URL('./child.mjs', import.meta.url))

/**
 * Starts a contender in its own process. Rejects where it cannot start: a peer that is missing is told, not hidden.
 * One that dies over an input is started anew with the next question, so that one bad case does not end the others.
 */
export async function startContender({ module, options = {} }, timeoutMs = 120_000) {
  let worker
  let version
  const open = async () => {
    worker = spawnChild(module, options, timeoutMs)
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

function spawnChild(module, options, timeoutMs) {
  const worker = fork(child, [module, JSON.stringify(options)], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    execArgv: ['--expose-gc'],
  })
  const waiting = new Map()
  let stderr = ''
  let next = 0
  let ended = false
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
  worker.stderr.on('data', chunk => {
    stderr = (stderr + chunk).slice(-2000)
  })
  worker.on('message', ({ id, value, error }) =>
    settle(id, entry => (error ? entry.reject(new Error(error)) : entry.resolve(value))),
  )
  worker.on('exit', code => {
    ended = true
    for (const id of [...waiting.keys()])
      settle(id, entry => entry.reject(new Error(`ended with ${code}: ${stderr.trim().split('\n').at(-1)}`)))
  })
  const ask = (command, rest = {}, withinMs = timeoutMs) =>
    new Promise((resolve, reject) => {
      const id = next++
      const timer = setTimeout(() => {
        kill()
        settle(id, entry => entry.reject(new Error(`${command}: no answer in ${withinMs / 1000} s`)))
      }, withinMs)
      waiting.set(id, { resolve, reject, timer })
      worker.send({ id, command, ...rest })
    })
  return { ask, ended: () => ended, close: () => ask('close').catch(kill) }
}
