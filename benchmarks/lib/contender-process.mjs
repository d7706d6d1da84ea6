import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const child = fileURLToPath(new URL('./child.mjs', import.meta.url))

/** Starts a contender in its own process. Rejects where it cannot start: a peer that is missing is told, not hidden. */
export async function startContender({ module, options = {} }, timeoutMs = 120_000) {
  const worker = fork(child, [module, JSON.stringify(options)], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    execArgv: ['--expose-gc'],
  })
  const waiting = new Map()
  let stderr = ''
  let next = 0
  const settle = (id, act) => {
    const entry = waiting.get(id)
    if (!entry) return
    waiting.delete(id)
    clearTimeout(entry.timer)
    act(entry)
  }
  worker.stderr.on('data', chunk => {
    stderr = (stderr + chunk).slice(-2000)
  })
  worker.on('message', ({ id, value, error }) =>
    settle(id, entry => (error ? entry.reject(new Error(error)) : entry.resolve(value))),
  )
  worker.on('exit', code => {
    for (const id of [...waiting.keys()])
      settle(id, entry => entry.reject(new Error(`ended with ${code}: ${stderr.trim().split('\n').at(-1)}`)))
  })
  const ask = (command, rest = {}) =>
    new Promise((resolve, reject) => {
      const id = next++
      const timer = setTimeout(() => {
        worker.kill('SIGKILL')
        settle(id, entry => entry.reject(new Error(`${command}: no answer in ${timeoutMs / 1000} s`)))
      }, timeoutMs)
      waiting.set(id, { resolve, reject, timer })
      worker.send({ id, command, ...rest })
    })
  try {
    const { version } = await ask('open')
    return { version, ask, close: () => ask('close').catch(() => worker.kill('SIGKILL')) }
  } catch (error) {
    worker.kill('SIGKILL')
    throw error
  }
}
