import { firstLine } from '../lib/first-line.mjs'
import { ratioOf, summarise } from '../lib/stats.mjs'
import { roundsFor, runsPerTurn, turns } from '../lib/turns.mjs'

/** @import { Answers, ContenderProcess, LatencyRow, OpenContender, Outputs, Shared } from '../types.js' */

/**
 * @typedef {Shared & { shareMs: number, onceMs: number, outputs?: Outputs, rounds: number, mostRounds: number, focusMs: number }}
 *   LatencySettings
 */

/**
 * One pass of milliseconds for one image, all contenders taking turns: A B C A B C …, each in its own warm process.
 * A contender whose first run takes longer than `onceMs` is measured by that run alone, unless it is in focus.
 * @returns {Promise<LatencyRow[]>} the files that were made go into `outputs`, where it wants them
 * @param {LatencySettings} settings
 */
export async function latencyPass({ inputs, open, yardstick, shareMs, onceMs, outputs, progress, ...plan }) {
  /** @type {LatencyRow[]} */
  const rows = []
  for (const input of inputs) {
    /** @type {(OpenContender & { first: Answers['run'], once: boolean, times: Map<number, number> })[]} */
    const running = []
    for (const contender of open) {
      const cannot = contender.cannot?.[input.kind]
      if (cannot) {
        rows.push({ input: input.id, contender: contender.id, cannot })
        continue
      }
      progress(`${input.id}: ${contender.label}`)
      try {
        await contender.process.ask('load', { input })
        const { base64, ...first } = await contender.process.ask('run', { wantBytes: outputs?.has(input.id) })
        if (base64) outputs?.get(input.id)?.set(contender.id, Buffer.from(base64, 'base64'))
        const once = !contender.focus && first.ms > onceMs
        running.push({
          ...contender,
          first,
          once,
          times: once ? new Map([[0, first.ms]]) : new Map(),
        })
      } catch (error) {
        rows.push({ input: input.id, contender: contender.id, cannot: firstLine(error) })
      }
    }
    const rounds = roundsFor(running, plan)
    const inTurns = running
      .filter(({ once }) => !once)
      .map(contender => ({
        ...contender,
        takesPart: turns({ ms: contender.first.ms, focus: contender.focus, rounds, shareMs }),
        runs: runsPerTurn(contender, running),
      }))
    for (let round = 0; round < rounds; round++) {
      progress(`${input.id}: round ${round + 1} of ${rounds}`)
      for (const { process, times, takesPart, runs } of inTurns)
        if (takesPart(round)) times.set(round, await meanOf(runs, process))
    }
    const against = running.find(contender => contender.id === yardstick)?.times
    for (const { id, times, first } of running) {
      rows.push({
        input: input.id,
        contender: id,
        ms: summarise([...times.values()]),
        ...(against ? { ratio: ratioOf(times, against) } : {}),
        bytes: first.size,
        width: first.width,
        height: first.height,
      })
    }
  }
  return rows
}

/** @param {number} runs @param {ContenderProcess} process */
async function meanOf(runs, process) {
  let ms = 0
  for (let run = 0; run < runs; run++) ms += (await process.ask('run')).ms
  return ms / runs
}
