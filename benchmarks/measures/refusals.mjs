import { firstLine } from '../lib/first-line.mjs'

/** @import { RefusalRow, Shared } from '../types.js' */

/** Who has not answered by then has shown what such a file costs. */
const patience = 5000

/**
 * What it costs to say no: milliseconds, verdict and bytes read for files that must not become images. Who accepts one is
 * told so.
 * @param {Shared} settings
 */
export async function measureRefusals({ inputs, open, progress }) {
  /** @type {RefusalRow[]} */
  const rows = []
  for (const input of inputs) {
    for (const contender of open) {
      progress(`refusals: ${input.id}, ${contender.label}`)
      try {
        await contender.process.ask('load', { input })
        rows.push({
          input: input.id,
          contender: contender.id,
          ...(await contender.process.ask('refuse', {}, patience)),
        })
      } catch (error) {
        rows.push({
          input: input.id,
          contender: contender.id,
          cannot: firstLine(error),
        })
      }
    }
  }
  return rows
}
