import { coldStartPass } from './cold-start.mjs'
import { memoryPass } from './memory.mjs'
import { settle } from './settle.mjs'
import { throughputPass } from './throughput.mjs'

/** @import { ColdStartRow, Input, MemoryRow, Shared, TakePart, ThroughputRow } from '../types.js' */

/**
 * A measure of one input.
 * @typedef {{ id: string, input: string } & (
 *   | { measure: 'memory', take(takePart: TakePart): Promise<MemoryRow[]> }
 *   | { measure: 'coldStart', take(takePart: TakePart): Promise<ColdStartRow[]> }
 *   | { measure: 'throughput', take(takePart: TakePart): Promise<ThroughputRow[]> })} Task
 */

/**
 * @template {(settings: never) => unknown} Pass
 * @typedef {Omit<Parameters<Pass>[0], 'inputs'>} Beside
 */

/**
 * What starts processes of its own. All measures are in each pass, so that some minutes lie between two of the same.
 * @param {object} job
 * @param {Record<'memory' | 'coldStart' | 'throughput', readonly Input[]>} job.inputs by measure
 * @param {{ memory: Beside<typeof memoryPass>, coldStart: Beside<typeof coldStartPass>,
 *   throughput: Beside<typeof throughputPass> }} job.shared what each measure needs beside its input
 * @param {{ focus: string, margin: number, passes: number, log: (text: string) => void }} job.settings
 */
export async function measureProcesses({ inputs, shared, settings }) {
  /** @type {Task[]} */
  const tasks = [
    ...inputs.memory.map(input => taskOf('memory', input, shared.memory, memoryPass)),
    ...inputs.coldStart.map(input => taskOf('coldStart', input, shared.coldStart, coldStartPass)),
    ...inputs.throughput.map(input => taskOf('throughput', input, shared.throughput, throughputPass)),
  ]
  const rows = await settle(
    async (some, takePart) => {
      const taken = []
      for (const { id, take } of some)
        taken.push(...(await take(takePart)).map(row => ({ ...row, input: id })))
      return taken
    },
    { ...settings, inputs: tasks },
  )
  /** @param {Task['measure']} measure */
  const of = measure =>
    tasks
      .filter(task => task.measure === measure)
      .flatMap(({ id, input }) => rows.filter(row => row.input === id).map(row => ({ ...row, input })))
  return {
    memory: /** @type {MemoryRow[]} */ (of('memory')),
    coldStart: /** @type {ColdStartRow[]} */ (of('coldStart')),
    throughput: /** @type {ThroughputRow[]} */ (of('throughput')),
  }
}

/**
 * @template {Task['measure']} Measure
 * @template {Omit<Shared, 'inputs'>} Settings
 * @template {MemoryRow | ColdStartRow | ThroughputRow} Measured
 * @param {Measure} measure
 * @param {Input} input
 * @param {Settings} shared
 * @param {(settings: Settings & { inputs: Input[] }) => Promise<Measured[]>} pass
 */
function taskOf(measure, input, shared, pass) {
  return {
    id: `${measure} of ${input.id}`,
    input: input.id,
    measure,
    /** @param {TakePart} takePart */
    take: takePart => pass({ ...shared, open: takePart(shared.open), inputs: [input] }),
  }
}
