import { summarise } from '../lib/stats.mjs'

/** @import { Shared, StagesRow } from '../types.js' */

/**
 * Milliseconds at each stage of our pipeline, for every contender that can tell.
 * @param {Shared & { rounds: number }} settings
 */
export async function measureStages({ inputs, open, rounds, progress }) {
  /** @type {StagesRow[]} */
  const rows = []
  for (const input of inputs) {
    for (const contender of open) {
      if (!contender.ours || contender.cannot?.[input.kind]) continue
      progress(`stages: ${input.id}, ${contender.label}`)
      await contender.process.ask('load', { input })
      /** @type {Record<string, number>[]} */
      const all = []
      for (let round = 0; round < (contender.focus ? rounds : 1); round++)
        all.push(await contender.process.ask('stages'))
      const stages = Object.fromEntries(
        Object.keys(all[0]).map(stage => [stage, summarise(all.map(times => times[stage]))]),
      )
      rows.push({ input: input.id, contender: contender.id, stages })
    }
  }
  return rows
}
