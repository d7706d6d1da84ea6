import { startContender } from '../lib/contender-process.mjs'
import { summarise } from '../lib/stats.mjs'

/** @import { Input, Shared, Start, ThroughputRow } from '../types.js' */

/**
 * Images a second with all cores: with a contender's own threads or workers where it has some, else with one process a
 * core that takes one image after the other.
 * @param {Shared & { cores: number, seconds: number }} settings
 */
export async function throughputPass({ inputs, open, yardstick, cores, seconds, progress }) {
  /** @type {ThroughputRow[]} */
  const rows = []
  for (const input of inputs) {
    /** @type {ThroughputRow[]} */
    const mine = []
    for (const contender of open) {
      if (contender.cannot?.[input.kind]) continue
      progress(`throughput: ${input.id}, ${contender.label}`)
      const {
        processes,
        parallel,
        options = contender.options,
      } = contender.cores ?? { processes: cores, parallel: 1 }
      const perSecond = await imagesPerSecond(
        { ...contender, options },
        { input, processes, parallel, seconds },
      )
      mine.push({ input: input.id, contender: contender.id, perSecond: summarise([perSecond]) })
    }
    const against = mine.find(row => row.contender === yardstick)
    for (const row of mine)
      rows.push(
        against ? { ...row, ratio: summarise([row.perSecond.median / against.perSecond.median]) } : row,
      )
  }
  return rows
}

/**
 * @param {Start} contender
 * @param {{ input: Input, processes: number, parallel: number, seconds: number }} settings
 */
async function imagesPerSecond(contender, { input, processes, parallel, seconds }) {
  const all = await Promise.all(Array.from({ length: processes }, () => startContender(contender)))
  try {
    await Promise.all(all.map(process => process.ask('load', { input })))
    // Two images of each, so that every worker of a pool is warm.
    await Promise.all(all.map(process => process.ask('throughput', { seconds: 0, parallel })))
    const counts = await Promise.all(all.map(process => process.ask('throughput', { seconds, parallel })))
    return counts.reduce((sum, count) => sum + count.images / count.seconds, 0)
  } finally {
    await Promise.all(all.map(process => process.close()))
  }
}
