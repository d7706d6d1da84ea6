import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { delimiter, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** What a build or a server gets of our own environment: nothing of the test runner's, nothing of pnpm's. */
export function cleanEnv(folder, bin, more = {}) {
  const { PATH, HOME } = process.env
  const path = [...bin, join(folder, 'node_modules/.bin'), PATH].join(delimiter)
  const quiet = { CI: '1', NO_COLOR: '1', NEXT_TELEMETRY_DISABLED: '1', ASTRO_TELEMETRY_DISABLED: '1' }
  const offline = { NUXT_TELEMETRY_DISABLED: '1', WRANGLER_SEND_METRICS: 'false', DO_NOT_TRACK: '1' }
  return { PATH: path, HOME, ...quiet, ...offline, ...more }
}

/** A process group, so that whatever a command line started can be ended with it. */
function start(line, options) {
  const child = spawn('sh', ['-c', line], { ...options, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', text => {
      output = (output + text).slice(-20_000)
    })
  const ended = new Promise(resolve => child.on('close', resolve))
  return { ended, output: () => output, stop: () => end(child.pid) }
}

function end(pid) {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch (thrown) {
    if (thrown.code !== 'ESRCH') throw thrown
  }
}

/** Runs a command line to its end. @returns what it printed. @throws Error with that, if it failed or took too long */
export async function run(line, options, timeoutMs = 300_000) {
  const { ended, output, stop } = start(line, options)
  const timer = setTimeout(stop, timeoutMs)
  const code = await ended
  clearTimeout(timer)
  if (code !== 0) throw new Error(`${line}: ended with ${code}\n${output()}`)
  return output()
}

/** A server while `use` runs. @throws Error with what it printed, if it ended before */
export async function serve(line, options, use) {
  const port = await freePort()
  const { ended, output, stop } = start(line, { ...options, env: { ...options.env, PORT: String(port) } })
  const gone = ended.then(code => {
    throw new Error(`${line}: ended with ${code}\n${output()}`)
  })
  gone.catch(() => {})
  try {
    const url = `http://127.0.0.1:${port}`
    await Promise.race([listening(url), gone])
    return await Promise.race([use(url), gone])
  } catch (thrown) {
    throw new Error(`${thrown.message}\n${output()}`, { cause: thrown })
  } finally {
    stop()
    await ended
  }
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
}

/** There is no event for a port of another process. */
async function listening(url) {
  for (let tries = 0; tries < 600; tries++) {
    try {
      await fetch(url, { signal: AbortSignal.timeout(5000) }).then(response => response.arrayBuffer())
      return
    } catch (thrown) {
      if (!(thrown instanceof TypeError) && thrown.name !== 'TimeoutError') throw thrown
      await sleep(100)
    }
  }
  throw new Error(`nothing answers at ${url}`)
}
