// A crowd that comes in stretches, and lets the server rest between them: then can be seen what it holds while nobody
// is there. Seconds in which the crowd was late itself count for nothing but that, and more of them follow.
import { fork, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { quantile } from '../lib/stats.mjs'
import { countedOf, mostLagMs } from './windows.mjs'

/** @import { Job, Outcome, Report } from './generator.mjs' */
/** @import { Resident } from './resident.mjs' */
/** @import { Counted, Window } from './windows.mjs' */

/**
 * @typedef {object} Health what a neighbour on the same server was answered
 * @property {number} asked
 * @property {number} failed no answer in ten seconds, or none at all
 * @property {number} p50 milliseconds from when it was due, of those that were answered
 * @property {number} p99
 * @property {number} worst
 * @property {number} lag by which the latest was asked too late, in milliseconds
 */
/**
 * @typedef {object} Came
 * @property {readonly Outcome[]} outcomes of the seconds that count
 * @property {readonly Outcome[]} everybody
 * @property {number} seconds that count
 * @property {boolean} isVoid too few do: the times say nothing of the server
 * @property {number} lag milliseconds, of the seconds that count; where too few do, of all
 * @property {Health} health the worst of any stretch
 * @property {number} cpuMs of the crowd itself
 * @property {readonly Resident[]} rests after each of several stretches, whether it counts or not
 */
/**
 * One of them, told when it is over: a run of an hour would else say nothing before its end.
 * @typedef {{ nth: number, lag: number, seconds: number, of: number, otherMiB: number }} Stretch
 */

/**
 * @param {{ settled(): Promise<void>, resident(): Promise<Resident> }} server
 * @param {Job} job of each stretch
 * @param {{ stretches?: number, onStretch?: ((stretch: Stretch) => void) | undefined, come?: (job: Job) => Promise<Report> }} [how]
 * @returns {Promise<Came>}
 */
export async function comeInStretches(server, job, { stretches = 1, onStretch, come = crowd } = {}) {
  /** @type {Report[]} */
  const reports = []
  /** @type {Resident[]} */
  const rests = []
  // Those of a closed loop come when they are answered, and never too late.
  /** @param {Window} window */
  const isPunctual = ({ lag }) => job.perSecond === undefined || lag <= mostLagMs
  const punctual = () => secondsOf(reports.flatMap(({ windows }) => windows.filter(isPunctual)))
  const of = job.seconds * stretches
  // A run of one stretch is repeated by whoever asked for it.
  const most = stretches === 1 ? 1 : 2 * stretches
  for (let since = 0; punctual() < of && reports.length < most; ) {
    const report = await come({ ...job, since })
    reports.push(report)
    since += report.outcomes.length
    await server.settled()
    if (stretches === 1) continue
    const rest = await server.resident()
    rests.push(rest)
    const { otherMiB } = rest
    onStretch?.({ nth: reports.length, lag: lagOf(report.windows), seconds: punctual(), of, otherMiB })
  }
  const isVoid = punctual() < of
  const counts = isVoid ? () => true : isPunctual
  const counted = reports.map(report => countedOf(report, counts))
  const windows = counted.flat()
  return {
    outcomes: oneAfterTheOther(windows),
    everybody: reports.flatMap(({ outcomes }) => outcomes),
    seconds: secondsOf(windows),
    isVoid,
    lag: lagOf(windows),
    health: worstOf(counted.filter(each => each.length > 0).map(healthOf)),
    cpuMs: reports.reduce((sum, { cpuMs }) => sum + cpuMs, 0),
    rests,
  }
}

/** @param {readonly Window[]} windows */
const secondsOf = windows => windows.reduce((sum, { seconds }) => sum + seconds, 0)

/** @param {readonly Window[]} windows */
const lagOf = windows => Math.max(...windows.map(({ lag }) => lag))

/** As if there had been nothing between them. @param {readonly Counted[]} windows @returns {Outcome[]} */
function oneAfterTheOther(windows) {
  let start = 0
  return windows.flatMap(({ seconds, outcomes }) => {
    const shifted = outcomes.map(outcome => ({ ...outcome, at: start + outcome.at }))
    start += seconds * 1000
    return shifted
  })
}

/** @param {readonly Window[]} windows @returns {Health} */
function healthOf(windows) {
  const sorted = windows.flatMap(({ times }) => times).sort((a, b) => a - b)
  const [p50, p99, worst] = [0.5, 0.99, 1].map(share => quantile(sorted, share))
  /** @param {'asked' | 'failed'} name */
  const sum = name => windows.reduce((total, window) => total + window[name], 0)
  return { asked: sum('asked'), failed: sum('failed'), p50, p99, worst, lag: lagOf(windows) }
}

/** @param {readonly Health[]} all @returns {Health} */
function worstOf(all) {
  /** @param {keyof Health} name */
  const most = name => Math.max(...all.map(health => health[name]))
  /** @param {keyof Health} name */
  const sum = name => all.reduce((total, health) => total + health[name], 0)
  return {
    asked: sum('asked'),
    failed: sum('failed'),
    p50: most('p50'),
    p99: most('p99'),
    worst: most('worst'),
    lag: most('lag'),
  }
}

/**
 * Before the server, which it measures: both share the processors. chrt is part of util-linux; who may not set a
 * scheduler goes on with the niceness that the crowd gives itself.
 */
const realTime = ['-f', '10']
/** The garbage of some minutes fits: collecting all of it took both processors at once, and made the crowd late. */
const roomy = ['--initial-heap-size=512', '--no-memory-reducer']
const beforeAll =
  spawnSync('chrt', [...realTime, 'true']).status === 0
    ? { execPath: 'chrt', execArgv: [...realTime, process.execPath, ...roomy] }
    : { execArgv: roomy }

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
