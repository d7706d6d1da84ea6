// One run: a server in its box, a crowd, and what is left when both are gone.
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openBox, shoebox } from './box.mjs'
import { brokenPromises, contentsOf } from './check-store.mjs'
import { formOf, upload } from './client.mjs'
import { comeInStretches } from './stretches.mjs'
import { supervise } from './supervise.mjs'
import { acceptedOf, tally } from './tally.mjs'

/** @import { Box, Limits } from './box.mjs' */
/** @import { Broken, Told } from './check-store.mjs' */
/** @import { FloodContender } from './contenders.mjs' */
/** @import { FloodFile } from './files.mjs' */
/** @import { Outcome } from './generator.mjs' */
/** @import { Resident } from './resident.mjs' */
/** @import { Health, Stretch } from './stretches.mjs' */
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
 * @property {number} [stretches] of so many seconds each, between which the server is left to rest
 * @property {(stretch: Stretch) => void} [onStretch]
 * @property {number} [warmSeconds] in which one client for each processor sends good files before anything is measured
 * @property {Limits} [limits]
 */
/**
 * @typedef {object} Ran
 * @property {Box['kind']} limitsBy
 * @property {number} seconds that count, of all stretches
 * @property {number} [warmSeconds] before those
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
 * @property {readonly Resident[]} rests what it held after each stretch
 * @property {readonly [before: number, after: number]} handles open file descriptors while nobody is there
 * @property {string} lastWords of the server, where it was killed
 */

/** @param {Setting} setting @returns {Promise<Tally & Ran>} */
export async function runFlood({ contender, files, seconds, perSecond, clients, isPicture, ...given }) {
  const { patienceMs = 30_000, stretches = 1, warmSeconds = 0, limits, onStretch } = given
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
      const { everybody } = await comeInStretches(server, {
        port,
        files: good,
        seconds: warmSeconds,
        patienceMs,
        clients: shoebox.cpus,
      })
      warm.push(...toldTo(everybody))
    }
    await server.settled()
    const handlesBefore = server.handles()
    await server.loop()
    const before = box.cpuMs()
    const job = {
      port,
      files,
      seconds,
      patienceMs,
      ...(perSecond === undefined ? {} : { perSecond }),
      ...(clients === undefined ? {} : { clients }),
    }
    const came = await comeInStretches(server, job, { stretches, onStretch })
    const cpuMs = box.cpuMs() - before
    const handlesAfter = server.handles()
    const loop = await server.loop()
    await server.stop()
    // An upload into the store that was opened again: by then it has taken back what was left unfinished.
    await server.open()
    const after = await warmUp(port, files.slice(0, 1))
    await server.stop()
    const told = [...warm, ...toldTo(came.everybody), ...after]
    const contents = await contentsOf(folder)
    const counts = tally(came, files)
    return {
      limitsBy: box.kind,
      seconds: came.seconds,
      warmSeconds,
      offeredPerSecond: perSecond,
      void: came.isVoid,
      lag: came.lag,
      ...counts,
      cpuMsEach: cpuMs / acceptedOf(came.everybody),
      crowdCpuMs: came.cpuMs,
      peakMiB: box.peakBytes() / 2 ** 20,
      kills: server.kills,
      health: came.health,
      loop,
      broken: brokenPromises(told, contents),
      undecodable: await undecodableOf(join(folder, 'uploads'), contents.found, isPicture),
      rests: came.rests,
      handles: [handlesBefore, handlesAfter],
      lastWords: server.kills.length > 0 ? server.lastWords() : '',
    }
  } finally {
    await server.stop()
    box.remove()
    await rm(folder, { recursive: true, force: true })
  }
}

/** @param {readonly Outcome[]} outcomes */
const toldTo = outcomes => outcomes.flatMap(({ told }) => told)

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
