// A crowd that comes in stretches, and lets the server rest between them: then can be seen what it holds while nobody
// is there. A stretch in which the crowd was late itself counts for nothing but that, and another one follows.
import { fork, spawnSync } from 'node:child_process'
import { once } from 'node:events'

/** @import { Told } from './check-store.mjs' */
/** @import { Job, Outcome, Report } from './generator.mjs' */
/** @import { Health } from './health.mjs' */
/** @import { Resident } from './resident.mjs' */

/**
 * @typedef {object} Came
 * @property {readonly Outcome[]} outcomes of the stretches that count
 * @property {readonly Told[]} told to whoever came
 * @property {number} accepted of whoever came
 * @property {boolean} isVoid too few stretches count: the times say nothing of the server
 * @property {number} lag milliseconds, of the stretches that count; where too few do, of all
 * @property {Health} health the worst of any stretch
 * @property {number} cpuMs of the crowd itself
 * @property {readonly Resident[]} rests after each of several stretches, whether it counts or not
 */

/**
 * One of them, told when it is over: a run of an hour would else say nothing before its end.
 * @typedef {Pick<Report, 'lag'> & { nth: number, counts: number, of: number, otherMiB: number }} Stretch
 */

export const mostLagMs = 10

/**
 * @param {{ settled(): Promise<void>, resident(): Promise<Resident> }} server
 * @param {Job} job of each stretch
 * @param {{ stretches?: number, onStretch?: (stretch: Stretch) => void, come?: (job: Job) => Promise<Report> }} [how]
 * @returns {Promise<Came>}
 */
export async function comeInStretches(
  server,
  job,
  { stretches = 1, onStretch = () => {}, come = crowd } = {},
) {
  /** @type {Report[]} */
  const reports = []
  /** @type {Resident[]} */
  const rests = []
  // Those of a closed loop come when they are answered, and never too late.
  const counting = () => reports.filter(({ lag }) => job.perSecond === undefined || lag <= mostLagMs)
  // A run of one stretch is repeated by whoever asked for it.
  const most = stretches === 1 ? 1 : 2 * stretches
  for (let since = 0; counting().length < stretches && reports.length < most; ) {
    const report = await come({ ...job, since })
    reports.push(report)
    since += report.outcomes.length
    await server.settled()
    if (stretches === 1) continue
    const rest = await server.resident()
    rests.push(rest)
    const { otherMiB } = rest
    onStretch({ nth: reports.length, lag: report.lag, counts: counting().length, of: stretches, otherMiB })
  }
  const isVoid = counting().length < stretches
  const counted = isVoid ? reports : counting()
  const all = reports.flatMap(({ outcomes }) => outcomes)
  return {
    outcomes: counted.flatMap(({ outcomes }, nth) => outcomes.map(shifted(nth * job.seconds * 1000))),
    told: all.flatMap(({ told }) => told),
    accepted: all.filter(({ status, client }) => status === 201 && client === 'whole').length,
    isVoid,
    lag: Math.max(...counted.map(({ lag }) => lag)),
    health: worstOf(counted.map(({ health }) => health)),
    cpuMs: reports.reduce((sum, { cpuMs }) => sum + cpuMs, 0),
    rests,
  }
}

/** @param {number} ms @returns {(outcome: Outcome) => Outcome} */
const shifted = ms => outcome => ({ ...outcome, at: outcome.at + ms })

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
