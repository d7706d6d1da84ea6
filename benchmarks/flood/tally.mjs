// What became of everybody, in numbers.
import { quantile } from '../lib/stats.mjs'

/** @import { FloodFile } from './files.mjs' */
/** @import { Outcome } from './generator.mjs' */

/** @typedef {{ p50: number, p99: number, p999: number }} Latency milliseconds */
/** @typedef {{ file: string, verdict: string, times: number }} Wrong */

/**
 * @typedef {object} Tally
 * @property {number} offered in seconds that count, as are all that are accepted or timed
 * @property {number} accepted of clients that sent all, whatever the file
 * @property {number} perSecond accepted, until the last of them was answered
 * @property {number} answeredPerSecond of clients that sent all: also those who were refused
 * @property {Readonly<Record<string, number>>} statuses of clients that sent all, `lost` and `gave up` too
 * @property {Readonly<Record<string, number>>} misbehaved the same of slow clients and of those that hung up
 * @property {Latency} latency of accepted ones, from when they were due
 * @property {Latency} fromLastByte of accepted ones
 * @property {Latency} stills from the last byte, of those that do not move
 * @property {{ sent: number, accepted: number }} hostile
 * @property {readonly Wrong[]} wrong good files that were refused for themselves: not by 503 or 429
 */

/**
 * Times and rates are of those who came in seconds that count, verdicts of everybody.
 * @param {{ outcomes: readonly Outcome[], everybody: readonly Outcome[], seconds: number }} came
 * @param {readonly Pick<FloodFile, 'name' | 'kind' | 'moves'>[]} files
 * @returns {Tally}
 */
export function tally({ outcomes, everybody, seconds }, files) {
  const whole = outcomes.filter(isWhole)
  const accepted = whole.filter(isAccepted)
  const all = everybody.filter(isWhole)
  const isHostile = (/** @type {Outcome} */ { file }) => files[file]?.kind === 'hostile'
  const stills = accepted.filter(({ file }) => !files[file]?.moves)
  /** @param {readonly Outcome[]} some */
  const rate = some => some.length / (Math.max(seconds * 1000, ...ends(some)) / 1000)
  return {
    offered: outcomes.length,
    accepted: accepted.length,
    perSecond: rate(accepted),
    answeredPerSecond: rate(whole.filter(({ status }) => status > 0)),
    statuses: countBy(all.map(verdictOf)),
    misbehaved: countBy(everybody.filter(outcome => !isWhole(outcome)).map(verdictOf)),
    latency: latencyOf(accepted.map(({ ms }) => ms)),
    fromLastByte: latencyOf(lastBytes(accepted)),
    stills: latencyOf(lastBytes(stills)),
    hostile: { sent: all.filter(isHostile).length, accepted: acceptedOf(all.filter(isHostile)) },
    wrong: wrongOf(
      all.filter(outcome => !isHostile(outcome) && isWrong(outcome)),
      files,
    ),
  }
}

/**
 * What may be answered under a flood: an image, a refusal that says whose fault it is, or to come back.
 * @param {string} status
 */
export const isOrderly = status => status === '201' || status === '503' || /^4\d\d$/.test(status)

/** @param {Outcome} outcome */
const isWhole = ({ client }) => client === 'whole'

/** Of clients that sent all. @param {readonly Outcome[]} outcomes */
export const acceptedOf = outcomes => outcomes.filter(isWhole).filter(isAccepted).length

/** @param {Outcome} outcome */
const isAccepted = ({ status }) => status === 201

/** A lost connection is no verdict. @param {Outcome} outcome */
const isWrong = ({ status }) => status > 0 && ![201, 429, 503].includes(status)

/** @param {readonly Outcome[]} some */
const ends = some => [some.reduce((latest, { at, ms }) => Math.max(latest, at + ms), 0)]

/** @param {readonly Outcome[]} some */
const lastBytes = some => some.flatMap(({ fromLastByte }) => fromLastByte ?? [])

/** @param {Outcome} outcome */
const verdictOf = ({ status }) => (status > 0 ? String(status) : status === 0 ? 'lost' : 'gave up')

/** @param {readonly number[]} times @returns {Latency} */
function latencyOf(times) {
  const sorted = [...times].sort((a, b) => a - b)
  const [p50, p99, p999] = [0.5, 0.99, 0.999].map(share => quantile(sorted, share))
  return { p50, p99, p999 }
}

/** @param {readonly string[]} names */
function countBy(names) {
  /** @type {Record<string, number>} */
  const counts = {}
  for (const name of [...names].sort()) counts[name] = (counts[name] ?? 0) + 1
  return counts
}

/**
 * @param {readonly Outcome[]} some
 * @param {readonly Pick<FloodFile, 'name'>[]} files
 * @returns {readonly Wrong[]}
 */
function wrongOf(some, files) {
  const names = some.map(({ file, status, code = '' }) => `${files[file]?.name}\n${status} ${code}`.trim())
  return Object.entries(countBy(names)).map(([name, times]) => {
    const [file = '', verdict = ''] = name.split('\n')
    return { file, verdict, times }
  })
}
