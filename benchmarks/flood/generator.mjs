// The crowd, in a process of its own: answers one message with a job by what became of it. Where it is late
// itself, the run says nothing of the server: it tells by how much.
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { setPriority } from 'node:os'
import { Worker } from 'node:worker_threads'
import { formOf, upload } from './client.mjs'
import { arrivals, visits } from './schedule.mjs'
import { openWindows, windowAt } from './windows.mjs'

/** @import { FloodFile } from './files.mjs' */
/** @import { Visit } from './schedule.mjs' */
/** @import { Answer } from './client.mjs' */
/** @import { Window } from './windows.mjs' */

/**
 * @typedef {object} Job
 * @property {number} port
 * @property {readonly FloodFile[]} files
 * @property {number} seconds
 * @property {number} [perSecond] an open model; without it, `clients` come again as soon as they are answered
 * @property {number} [clients]
 * @property {number} patienceMs
 * @property {number} [since] of an open model: so many came before, who comes now is somebody else and sends what is next
 */
/** @typedef {Visit & Pick<Answer, 'status' | 'code' | 'told'> & Times} Outcome */
/**
 * @typedef {object} Times
 * @property {number} at when it was due, in milliseconds from the start
 * @property {number} ms from then to the answer
 * @property {number} [fromLastByte] from its last byte to the answer
 */
/**
 * @typedef {object} Report
 * @property {readonly Outcome[]} outcomes
 * @property {readonly Window[]} windows
 * @property {number} cpuMs of the crowd itself
 */

/** @param {Job} job @returns {Promise<Report>} */
async function flood(job) {
  const forms = job.files.map(file => formOf(file, readFileSync(file.path)))
  const { port, seconds } = job
  const health = new Worker(new URL('health.mjs', import.meta.url), { workerData: { port, seconds } })
  await once(health, 'message')
  const { outcomes, windows } = await (job.perSecond === undefined ? closed(job, forms) : open(job, forms))
  health.postMessage('end')
  const [told] = await once(health, 'message')
  /** @type {readonly Window[]} */
  const asked = told
  const { user, system } = process.cpuUsage()
  return { outcomes, windows: asked.map(laterOf(windows)), cpuMs: (user + system) / 1000 }
}

/** The neighbour's windows, as late as either was. @param {readonly Window[]} windows of those who came */
const laterOf = windows => (/** @type {Window} */ window, /** @type {number} */ index) => ({
  ...window,
  lag: Math.max(window.lag, windows[index]?.lag ?? 0),
})

/** @param {Job} job @param {readonly Buffer[]} forms */
async function open({ files, perSecond = 1, seconds, since = 0, ...job }, forms) {
  // Before the clock runs: late in a soak, there are tens of thousands to leave out.
  const coming = arrivals(files, { perSecond, seconds, since })
  const start = performance.now() + 100
  const windows = openWindows(seconds)
  /** @type {Promise<Outcome>[]} */
  const sent = []
  for (const { at, ...visit } of coming) {
    const due = start + at
    const early = due - performance.now()
    if (early > 0) await new Promise(resolve => setTimeout(resolve, early))
    const window = windowAt(windows, at)
    window.lag = Math.max(window.lag, performance.now() - due)
    sent.push(send(visit, { ...job, forms, start, due, who: since + sent.length + 1 }))
  }
  return { outcomes: await Promise.all(sent), windows }
}

/** @param {Job} job @param {readonly Buffer[]} forms */
async function closed({ files, clients = 1, seconds, ...job }, forms) {
  const next = visits(files, { slow: 0, cut: 0, ...(files.some(isHostile) ? {} : { hostile: 0 }) })
  const start = performance.now()
  /** @type {Outcome[]} */
  const outcomes = []
  let who = 0
  const coming = Array.from({ length: clients }, async () => {
    while (performance.now() < start + seconds * 1000)
      outcomes.push(await send(next(), { ...job, forms, start, due: performance.now(), who: ++who }))
  })
  await Promise.all(coming)
  return { outcomes, windows: openWindows(seconds) }
}

/** @typedef {{ forms: readonly Buffer[], start: number, due: number, who: number }} Sent */

/** @param {FloodFile} file */
const isHostile = ({ kind }) => kind === 'hostile'

/**
 * @param {Visit} visit
 * @param {Sent & Pick<Job, 'port' | 'patienceMs'>} given
 * @returns {Promise<Outcome>}
 */
async function send(visit, { forms, start, due, ...given }) {
  const form = forms[visit.file] ?? Buffer.alloc(0)
  const { endedAt, sentAt, ...answer } = await upload({ ...given, form, client: visit.client })
  return {
    ...visit,
    ...answer,
    at: due - start,
    ms: endedAt - due,
    ...(sentAt === undefined ? {} : { fromLastByte: endedAt - sentAt }),
  }
}

try {
  // Before the server, which it measures: both share the processors.
  setPriority(-10)
} catch (thrown) {
  if (!(thrown instanceof Error && 'code' in thrown)) throw thrown
}
process.once('message', async job => {
  const report = await flood(/** @type {Job} */ (job))
  process.send?.(report, () => process.disconnect())
})
