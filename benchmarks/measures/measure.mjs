import { cpus, totalmem } from 'node:os'
import { focus, yardstick } from '../contenders.mjs'
import { job } from '../lib/job.mjs'
import { latencyPass } from './latency.mjs'
import { measureProcesses } from './processes.mjs'
import { beforeAndAfter, measureQuality } from './quality.mjs'
import { measureRefusals } from './refusals.mjs'
import { settle } from './settle.mjs'
import { measureStages } from './stages.mjs'

/** @import { Absent, BeforeAfter, Input, Outputs, Result, Shared } from '../types.js' */

/**
 * How long everything may take, in ms where not said otherwise. `passes`: how often the headline's measures are taken until
 * two agree within `margin`; `rounds` at least and `mostRounds` at most of each input, as `focusMs` allows; `shareMs`: time
 * for each contender beside the focus, who has one round at least; `onceMs`: of who is slower, the run that would have warmed
 * up counts.
 */
const plans = {
  quick: {
    ...{ passes: 1, rounds: 3, mostRounds: 3, focusMs: 0, shareMs: 0, onceMs: 300, seconds: 1 },
    ...{ coldRounds: 1, memoryRounds: 1, memoryImages: 3, stageRounds: 2 },
  },
  full: {
    ...{ passes: 4, rounds: 7, mostRounds: 41, focusMs: 24_000, shareMs: 1800, onceMs: 15_000, seconds: 5 },
    ...{ coldRounds: 31, memoryRounds: 3, memoryImages: 12, stageRounds: 5 },
  },
}
const margin = 0.1

/**
 * Measures everything. Returns the result, which is plain data, and pictures for the report.
 * @param {Omit<Shared, 'yardstick'> & { quick: boolean, absent: readonly Absent[] }} settings
 * @returns {Promise<{ result: Result, pictures: BeforeAfter[] }>}
 */
export async function measure({ quick, inputs, open, absent, progress, log }) {
  const started = Date.now()
  const plan = plans[quick ? 'quick' : 'full']
  /** @param {string} role */
  const of = role => inputs.filter(input => input.roles.includes(role))
  /** @type {Outputs} */
  const outputs = new Map(of('quality').map(input => [input.id, new Map()]))
  const shared = { open, yardstick, outputs, progress, log, ...plan }
  /** @param {readonly Input[]} list @param {typeof plan} settings */
  const latency = (list, settings = plan) =>
    settle((some, takePart) => latencyPass({ ...shared, ...settings, inputs: some, open: takePart(open) }), {
      ...settings,
      inputs: list,
      focus,
      margin,
      log,
    })

  const facts = {
    version: 3,
    date: new Date().toISOString(),
    quick,
    machine: {
      cpu: cpus()[0].model,
      cores: cpus().length,
      memory: totalmem(),
      platform: `${process.platform} ${process.arch}`,
      node: process.version,
    },
    job,
    plan: { ...plan, margin },
    focus,
    yardstick,
    inputs: inputs.map(({ path, ...rest }) => rest),
    contenders: open.map(({ id, label, version, ours = false }) => ({ id, label, version, ours })),
    absent,
  }
  const first = await latency(of('latency'))
  // What was measured for the tables is not measured again for the curves.
  const already = new Set(of('latency'))
  const curve = { ...plan, passes: 1, focusMs: 0, rounds: Math.ceil(plan.rounds / 3) }
  const others = await latency(
    of('scaling').filter(input => !already.has(input)),
    curve,
  )
  const isScaling = new Set(of('scaling').map(({ id }) => id))
  const scaling = [...first.filter(row => isScaling.has(row.input)), ...others]
  const frames = await latency(of('frames'), curve)
  const stages = await measureStages({ ...shared, rounds: plan.stageRounds, inputs: of('latency') })
  const quality = await measureQuality({ ...shared, inputs: of('quality') })
  const refusals = await measureRefusals({ ...shared, inputs: of('refusal') })
  // The others start processes of their own: the warm ones would only be in the way.
  await Promise.all(open.map(contender => contender.process.close()))
  const processes = await measureProcesses({
    inputs: {
      memory: of('memory'),
      coldStart: of('cold').slice(0, 1),
      throughput: of('throughput'),
    },
    shared: {
      memory: shared,
      coldStart: { ...shared, rounds: plan.coldRounds },
      throughput: {
        ...shared,
        open: quick ? open.filter(contender => contender.focus) : open,
        cores: cpus().length,
      },
    },
    settings: { ...plan, focus, margin, log },
  })
  /** @type {Result} */
  const result = {
    ...facts,
    latency: first,
    scaling,
    frames,
    stages,
    quality,
    refusals,
    ...processes,
    seconds: Math.round((Date.now() - started) / 1000),
  }
  const shown = open.filter(contender => contender.focus)
  return { result, pictures: await beforeAndAfter({ inputs: of('quality'), shown, outputs }) }
}
