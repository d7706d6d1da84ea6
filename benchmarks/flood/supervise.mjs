// Keeps a server in its box as an orchestrator does: whoever ends is counted and started again at once, on
// the same port.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { handlesOf } from './box.mjs'
import { residentOf } from './resident.mjs'

/** @import { Box } from './box.mjs' */
/** @import { FloodContender } from './contenders.mjs' */

/** @typedef {{ at: number, how: string }} Kill milliseconds since the first start */
/** @typedef {{ p99: number, worst: number }} Loop delay of the event loop, in milliseconds */
/** @typedef {{ contender: FloodContender, box: Box, folder: string, port: number }} Setting */

/** @param {Setting} setting @throws {Error} with its last words, where it does not start at all */
export async function supervise({ contender, box, folder, port }) {
  const began = performance.now()
  /** @type {Kill[]} */
  const kills = []
  let lastWords = ''
  /** @type {import('node:child_process').ChildProcess | undefined} */
  let child
  let wanted = false

  /** Until it listens, or has ended. @returns {Promise<boolean>} whether it listens */
  async function start() {
    const [program = '', ...args] = [...box.under, ...contender.command, folder, String(port)]
    const { PATH, HOME } = process.env
    // Not the conditions of a test runner, which would lead to the sources.
    const started = spawn(program, args, {
      env: { PATH, HOME, ...contender.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    child = started
    started.stderr.on('data', chunk => {
      lastWords = (lastWords + chunk).slice(-4000)
    })
    let how = ''
    const endWatch = box.watch(started.pid ?? 0, () => {
      how = 'over the limit of memory'
      started.kill('SIGKILL')
    })
    started.once('exit', (code, signal) => {
      endWatch()
      if (!wanted) return
      kills.push({ at: Math.round(performance.now() - began), how: how || signal || `exit ${code}` })
      start()
    })
    const ended = once(started, 'exit').then(() => false)
    const lines = createInterface({ input: started.stdout })
    const listens = new Promise(resolve => {
      lines.on('line', line => line === 'READY' && resolve(true))
    })
    return Promise.race([listens, ended])
  }

  async function open() {
    const listens = await start()
    if (!listens) throw new Error(`${contender.label} does not start: ${lastWords.trim()}`)
    wanted = true
  }

  /** @param {string} path @returns {Promise<any>} undefined where there is no answer */
  async function ask(path) {
    try {
      // A connection that was kept would be a handle more.
      const headers = { connection: 'close' }
      const signal = AbortSignal.timeout(10_000)
      const answer = await fetch(`http://127.0.0.1:${port}${path}`, { headers, signal })
      return answer.ok ? await answer.json() : undefined
    } catch (thrown) {
      lastWords += `\n${path}: ${thrown}`
      return undefined
    }
  }

  await open()
  return {
    kills,
    lastWords: () => lastWords,
    async stop() {
      wanted = false
      if (child?.exitCode !== null || child.signalCode !== null) return
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      await ended
    },
    open,
    /** Since it was asked last; undefined where it does not answer. @returns {Promise<Loop | undefined>} */
    loop: () => ask('/gauges'),
    handles: () => handlesOf(child?.pid ?? 0),
    settled: () => untilIdle(box),
    /** What it holds while nobody is there, without garbage where it can collect that. */
    async resident() {
      await ask('/collect-garbage')
      await untilIdle(box)
      return residentOf(child?.pid ?? 0)
    },
  }
}

const lookMs = 250
const idleShare = 0.06
const mostLooks = 480

/**
 * What is worked on is not told by every server: until it has used next to no processor for half a second.
 * @param {Box} box
 */
async function untilIdle(box) {
  let before = box.cpuMs()
  for (let looks = 0, idle = 0; looks < mostLooks && idle < 2; looks++) {
    await new Promise(resolve => setTimeout(resolve, lookMs))
    const now = box.cpuMs()
    idle = now - before < lookMs * idleShare ? idle + 1 : 0
    before = now
  }
}
