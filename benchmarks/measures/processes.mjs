import { coldStartPass } from './cold-start.mjs'
import { memoryPass } from './memory.mjs'
import { settle } from './settle.mjs'
import { throughputPass } from './throughput.mjs'

const passes = { memory: memoryPass, coldStart: coldStartPass, throughput: throughputPass }

/**
 * What starts processes of its own. All measures are in each pass, so that some minutes lie between two of the same.
 * @param {object} job
 * @param job.inputs by measure
 * @param job.shared what each measure needs beside its input, by measure
 * @returns rows by measure
 */
export async function measureProcesses({ inputs, shared, settings }) {
  const tasks = Object.keys(passes).flatMap(measure =>
    inputs[measure].map(input => ({ id: `${measure} of ${input.id}`, measure, input })),
  )
  const rows = await settle(
    async (some, takePart) => {
      const taken = []
      for (const { id, measure, input } of some) {
        const open = takePart(shared[measure].open)
        const mine = await passes[measure]({ ...shared[measure], open, inputs: [input] })
        taken.push(...mine.map(row => ({ ...row, input: id, measure })))
      }
      return taken
    },
    { ...settings, inputs: tasks },
  )
  const inputOf = id => tasks.find(task => task.id === id).input.id
  const of = wanted =>
    rows
      .filter(({ measure }) => measure === wanted)
      .map(({ measure, ...row }) => ({ ...row, input: inputOf(row.input) }))
  return Object.fromEntries(Object.keys(passes).map(measure => [measure, of(measure)]))
}
