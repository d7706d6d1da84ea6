import { startContender } from './contender-process.mjs'
import { firstLine } from './first-line.mjs'

/** @import { Absent, ContenderEntry, OpenContender } from '../types.js' */

/**
 * Everybody who can start on this machine; the others are told, not hidden.
 * @param {readonly ContenderEntry[]} contenders
 * @param {{ needed: readonly string[], log: (text: string) => void }} settings
 * @throws {Error} one of `needed` cannot
 */
export async function startAll(contenders, { needed, log }) {
  /** @type {OpenContender[]} */
  const open = []
  /** @type {Absent[]} */
  const absent = []
  for (const contender of contenders) {
    try {
      const process = await startContender(contender)
      open.push({ ...contender, process, version: process.version })
    } catch (error) {
      const why = firstLine(error)
      absent.push({ id: contender.id, label: contender.label, why })
      log(`${contender.label} does not take part: ${why}`)
    }
  }
  for (const id of needed)
    if (!open.some(contender => contender.id === id))
      throw new Error(`${id} must be there: all is measured against it`)
  return { open, absent }
}
