// One file, some contenders, each in a warm process of its own, in turns.
import { firstLine } from '../lib/first-line.mjs'
import { median, pairedRatio } from '../lib/stats.mjs'

/** @import { ContenderProcess, Input, OpenContender, Turns, TurnsPlan } from '../types.js' */

/**
 * Gives the file to everybody, once. Who refuses it or makes another size of it than the first takes no part.
 * @param {readonly OpenContender[]} open @param {Input} input
 */
export async function firstRuns(open, input) {
  /** @type {(OpenContender & { bytes: number, width: number, height: number })[]} */
  const able = []
  /** @type {Record<string, string>} */
  const cannot = {}
  for (const contender of open) {
    try {
      await contender.process.ask('load', { input })
      const { size: bytes, width, height } = await contender.process.ask('run')
      const [first] = able
      if (first && (first.width !== width || first.height !== height))
        cannot[contender.id] = `made ${width}x${height}, not ${first.width}x${first.height}`
      else able.push({ ...contender, bytes, width, height })
    } catch (error) {
      cannot[contender.id] = firstLine(error)
    }
  }
  return { able, cannot }
}

/** An odd number of rounds, as `focusMs` allows. @param {number} roundMs @param {TurnsPlan} plan */
export function roundsFor(roundMs, { rounds, mostRounds, focusMs }) {
  return Math.max(rounds, Math.min(mostRounds, Math.floor(focusMs / roundMs / 2) * 2 + 1))
}

/**
 * Everybody warms up, then A B C A B C …; a turn is one image after the other for `turnMs` at least, and
 * their mean counts: of a picture of a millisecond a single run is noise. Medians over the rounds; ratios of
 * the first to each other are taken round by round.
 * @param {Awaited<ReturnType<typeof firstRuns>>['able']} able @param {TurnsPlan} plan
 * @returns {Promise<Turns>}
 */
export async function takeTurns(able, plan) {
  let roundMs = 0
  for (const { process } of able) roundMs += Math.max(plan.turnMs, (await turn(process, plan.warmMs)).ms)
  const rounds = roundsFor(roundMs, plan)
  const taken = able.map(contender => ({ ...contender, ms: series(), processorMs: series() }))
  for (let round = 0; round < rounds; round++)
    for (const { process, ms, processorMs } of taken) {
      const one = await turn(process, plan.turnMs)
      ms.push(one.ms)
      processorMs.push(one.processorMs)
    }
  const [first, ...others] = taken
  return {
    rounds,
    of: Object.fromEntries(
      taken.map(({ id, ms, processorMs, bytes }) => [
        id,
        { ms: median(ms), processorMs: median(processorMs), bytes },
      ]),
    ),
    ratio: Object.fromEntries(
      others.map(({ id, ms, processorMs }) => [
        id,
        {
          time: pairedRatio(first.ms, ms).median,
          processor: pairedRatio(first.processorMs, processorMs).median,
        },
      ]),
    ),
  }
}

/** @returns {number[]} */
const series = () => []

/** Milliseconds of an image. @param {ContenderProcess} process @param {number} forMs */
async function turn(process, forMs) {
  const { images, seconds, processorSeconds } = await process.ask('throughput', {
    seconds: forMs / 1000,
    parallel: 1,
  })
  return { ms: (seconds * 1000) / images, processorMs: (processorSeconds * 1000) / images }
}
