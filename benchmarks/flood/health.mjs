// A neighbour on the same server, in a thread of its own: asks for /health every ten milliseconds, and tells
// how long that took once it is told to end. Says "ready" before: its first question, which an engine compiles the
// client for, is asked while no clock runs.
import { Agent, get } from 'node:http'
import { parentPort, workerData } from 'node:worker_threads'
import { openWindows, windowAt } from './windows.mjs'

const everyMs = 10
const patienceMs = 10_000
const agent = new Agent({ keepAlive: true })
const windows = openWindows(workerData.seconds)
let started = 0
let asked = 0
let open = 0
let ending = false

/** @type {NodeJS.Timeout | undefined} */
let timer

function askAllDue() {
  for (; started + asked * everyMs <= performance.now(); asked++) ask(started + asked * everyMs)
  timer = setTimeout(askAllDue, started + asked * everyMs - performance.now())
}

/** @param {number} due */
function ask(due) {
  const window = windowAt(windows, due - started)
  window.lag = Math.max(window.lag, performance.now() - due)
  window.asked++
  open++
  send(isFine => {
    if (isFine) window.times.push(performance.now() - due)
    else window.failed++
    open--
    finish()
  })
}

/** @param {(isFine: boolean) => void} onSettled @param {boolean} [isAgain] on a connection of its own */
function send(onSettled, isAgain = false) {
  let settled = false
  /** @param {boolean} isFine */
  const settle = isFine => {
    if (settled) return
    settled = true
    onSettled(isFine)
  }
  const outgoing = get({
    host: '127.0.0.1',
    port: workerData.port,
    path: '/health',
    agent: isAgain ? false : agent,
    timeout: patienceMs,
    headers: { host: `localhost:${workerData.port}` },
  })
  // A server ends a connection that was idle for five seconds. A request that crosses this is sent again (RFC 9112, 9.3.1).
  outgoing.on('error', thrown => {
    if (isAgain || !outgoing.reusedSocket || !('code' in thrown) || thrown.code !== 'ECONNRESET')
      return settle(false)
    settled = true
    send(onSettled, true)
  })
  outgoing.on('timeout', () => outgoing.destroy())
  outgoing.on('close', () => settle(false))
  outgoing.on('response', response => {
    response.resume()
    response.on('end', () => settle(response.statusCode === 200))
  })
}

function finish() {
  if (!ending || open > 0) return
  agent.destroy()
  parentPort?.postMessage(windows)
}

send(() => {
  started = performance.now()
  parentPort?.postMessage('ready')
  askAllDue()
})

parentPort?.once('message', () => {
  clearTimeout(timer)
  ending = true
  finish()
})
