// One run: a server in its box, a crowd, and what is left when both are gone.
import { fork, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { median } from '../lib/stats.mjs'
import { openBox, shoebox } from './box.mjs'
import { brokenPromises, contentsOf } from './check-store.mjs'
import { formOf, upload } from './client.mjs'
import { supervise } from './supervise.mjs'
import { tally } from './tally.mjs'

/** @import { Box, Limits } from './box.mjs' */
/** @import { Broken, Told } from './check-store.mjs' */
/** @import { FloodContender } from './contenders.mjs' */
/** @import { FloodFile } from './files.mjs' */
/** @import { Job, Report } from './generator.mjs' */
/** @import { Health } from './health.mjs' */
/** @import { Kill, Loop } from './supervise.mjs' */
/** @import { Tally } from './tally.mjs' */

/**
 * @typedef {object} Setting
 * @property {FloodContender} contender
 * @property {readonly FloodFile[]} files
 * @property {number} seconds
 * @property {number} [perSecond] an open model
 * @property {number} [clients] a closed one
 * @property {(bytes: Buffer) => Promise<boolean>} isPicture by a decoder that is nobody's own
 * @property {number} [patienceMs] of a client, after which it hangs up
 * @property {number} [warmSeconds] in which one client for each processor sends good files before anything is measured
 * @property {Limits} [limits]
 */
/**
 * @typedef {object} Ran
 * @property {Box['kind']} limitsBy
 * @property {number} seconds
 * @property {number | undefined} offeredPerSecond
 * @property {boolean} void the crowd itself was late: the times say nothing of the server
 * @property {number} lag milliseconds
 * @property {number} crowdCpuMs
 * @property {number} cpuMsEach of the server for each accepted upload, refusing the others included
 * @property {number} peakMiB resident, of one process
 * @property {readonly Kill[]} kills
 * @property {Health} health
 * @property {Loop | undefined} loop of the process that was there at the end
 * @property {Broken} broken
 * @property {readonly string[]} undecodable keys of public files that are no pictures
 * @property {readonly number[]} rssMiB in the course of the run, at most sixty medians
 * @property {readonly [before: number, after: number]} handles open file descriptors while nobody is there
 * @property {string} lastWords of the server, where it was killed
 */

export const mostLagMs = 10

/** @param {Setting} setting @returns {Promise<Tally & Ran>} */
export async function runFlood({ contender, files, seconds, perSecond, clients, isPicture, ...given }) {
  const { patienceMs = 30_000, warmSeconds = 0, limits } = given
  const folder = await mkdtemp(join(tmpdir(), 'sluice-flood-'))
  const box = openBox(limits)
  const port = await freePort()
  const server = await supervise({ contender, box, folder, port }).catch(async thrown => {
    box.remove()
    await rm(folder, { recursive: true })
    throw thrown
  })
  try {
    const warm = await warmUp(port, files)
    if (warmSeconds > 0) {
      const good = files.filter(({ kind }) => kind === 'good')
      const { outcomes } = await crowd({
        port,
        files: good,
        seconds: warmSeconds,
        patienceMs,
        clients: shoebox.cpus,
      })
      warm.push(...outcomes.flatMap(outcome => outcome.told))
    }
    await server.settled()
    const handlesBefore = server.handles()
    await server.loop()
    const before = box.cpuMs()
    const report = await crowd({
      port,
      files,
      seconds,
      patienceMs,
      ...(perSecond === undefined ? {} : { perSecond }),
      ...(clients === undefined ? {} : { clients }),
    })
    await server.settled()
    const cpuMs = box.cpuMs() - before
    const handlesAfter = server.handles()
    const loop = await server.loop()
    await server.stop()
    const samples = [...server.samples]
    // An upload into the store that was opened again: by then it has taken back what was left unfinished.
    await server.open()
    const after = await warmUp(port, files.slice(0, 1))
    await server.stop()
    const told = [...warm, ...report.outcomes.flatMap(outcome => outcome.told), ...after]
    const contents = await contentsOf(folder)
    const counts = tally(report.outcomes, files, seconds)
    return {
      limitsBy: box.kind,
      seconds,
      offeredPerSecond: perSecond,
      void: perSecond !== undefined && report.lag > mostLagMs,
      lag: report.lag,
      ...counts,
      cpuMsEach: cpuMs / counts.accepted,
      crowdCpuMs: report.cpuMs,
      peakMiB: box.peakBytes() / 2 ** 20,
      kills: server.kills,
      health: report.health,
      loop,
      broken: brokenPromises(told, contents),
      undecodable: await undecodableOf(join(folder, 'uploads'), contents.found, isPicture),
      rssMiB: thinned(samples.map(bytes => bytes / 2 ** 20)),
      handles: [handlesBefore, handlesAfter],
      lastWords: server.kills.length > 0 ? server.lastWords() : '',
    }
  } finally {
    await server.stop()
    box.remove()
    await rm(folder, { recursive: true, force: true })
  }
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' ? (address?.port ?? 0) : 0
}

/**
 * The first good one of each format, each twice at once: that starts a second worker too.
 * @param {number} port
 * @param {readonly FloodFile[]} files
 */
async function warmUp(port, files) {
  /** @type {Told[]} */
  const told = []
  const good = files.filter(({ kind }) => kind === 'good')
  for (const format of new Set(good.map(file => file.format))) {
    const file = good.find(each => each.format === format)
    if (!file) continue
    const form = formOf(file, await readFile(file.path))
    const sending = { port, form, client: /** @type {const} */ ('whole'), who: 0, patienceMs: 60_000 }
    const answers = await Promise.all([upload(sending), upload(sending)])
    told.push(...answers.flatMap(answer => answer.told))
  }
  return told
}

/**
 * Before the server, which it measures: both share the processors. chrt is part of util-linux; who may not set a
 * scheduler goes on with the niceness that the crowd gives itself.
 */
const realTime = ['-f', '10']
const beforeAll =
  spawnSync('chrt', [...realTime, 'true']).status === 0
    ? { execPath: 'chrt', execArgv: [...realTime, process.execPath] }
    : { execArgv: [] }

/** @param {Job} job @returns {Promise<Report>} */
async function crowd(job) {
  const child = fork(new URL('generator.mjs', import.meta.url), beforeAll)
  const ended = once(child, 'exit').then(([code, signal]) => {
    throw new Error(`the crowd ended with ${signal ?? code}`)
  })
  // Also where it has told everything before.
  ended.catch(() => {})
  const told = once(child, 'message')
  child.send(job)
  try {
    const [report] = await Promise.race([told, ended])
    return /** @type {Report} */ (report)
  } finally {
    child.kill('SIGKILL')
  }
}

/**
 * The same picture is looked at once.
 * @param {string} folder @param {ReadonlyMap<string, string>} found @param {Setting['isPicture']} isPicture
 */
async function undecodableOf(folder, found, isPicture) {
  /** @type {Map<string, boolean>} */
  const known = new Map()
  for (const [key, hash] of found)
    if (!known.has(hash)) known.set(hash, await isPicture(await readFile(join(folder, key))))
  return [...found].filter(([, hash]) => !known.get(hash)).map(([key]) => key)
}

/**
 * At most sixty: of each stretch the median. What is being drawn at a moment takes more than what may grow in an hour.
 * @param {readonly number[]} values
 */
function thinned(values) {
  const step = Math.max(1, Math.ceil(values.length / 60))
  const starts = [...values.keys()].filter(index => index % step === 0)
  return starts.map(start => median(values.slice(start, start + step)))
}
