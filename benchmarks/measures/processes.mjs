import { coldStartPass } from './cold-start.mjs'
import { settle } from './settle.mjs'
import { throughputPass } from './throughput.mjs'

const passes = { coldStart: coldStartPass, throughput: throughputPass }

/**
 * What starts processes of its own. Both measures are in each pass, so that some minutes lie between two of the same.
 * @returns rows by measure
 */
export async function measureProcesses({ cold, throughput, shared, settings }) {
  const tasks = [
    ...cold.map(input => ({ id: `coldStart of ${input.id}`, measure: 'coldStart', input })),
    ...throughput.map(input => ({ id: `throughput of ${input.id}`, measure: 'throughput', input })),
  ]
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
  return { coldStart: of('coldStart'), throughput: of('throughput') }
}
