import { startContender } from '../lib/contender-process.mjs'
import { firstLine } from '../lib/first-line.mjs'
import { median, ratioOf, summarise } from '../lib/stats.mjs'

/** @import { Input, MemoryRow, OpenContender, Shared } from '../types.js' */

/** @typedef {Awaited<ReturnType<typeof ofOne>>} Taken */

/**
 * Memory of fresh processes that take `memoryImages` images, one after the other: the high-water mark, and the WASM memory that the
 * first used. A process's mark rises over its first dozen images and differs by a tenth from start to start before that. Who
 * is in focus starts `memoryRounds` of them, in turns; the others start one, and are not given another image after `shareMs`.
 * @returns {Promise<MemoryRow[]>} in bytes; the ratio is of the peaks, round by round
 * @param {Shared & { memoryImages: number, memoryRounds: number, shareMs: number }} settings
 */
export async function memoryPass({ inputs, open, yardstick, memoryImages, memoryRounds, shareMs, progress }) {
  /** @type {MemoryRow[]} */
  const rows = []
  for (const input of inputs) {
    const able = open.filter(contender => !contender.cannot?.[input.kind])
    /** @type {Map<string, Taken[]>} */
    const seen = new Map(able.map(({ id }) => [id, []]))
    /** @param {string} id */
    const of = id => seen.get(id) ?? []
    /** @type {Map<string, string>} */
    const failed = new Map()
    for (let round = 0; round < memoryRounds; round++) {
      for (const contender of able.filter(({ id, focus }) => !failed.has(id) && (focus || round === 0))) {
        progress(`memory: ${input.id}, round ${round + 1} of ${memoryRounds}, ${contender.label}`)
        try {
          of(contender.id).push(await ofOne(contender, input, { memoryImages, shareMs }))
        } catch (error) {
          failed.set(contender.id, firstLine(error))
        }
      }
    }
    /** @param {string} id */
    const peaks = id => new Map(of(id).map(({ peak }, round) => [round, peak]))
    for (const { id } of able) {
      const row = { input: input.id, contender: id }
      const cannot = failed.get(id)
      if (cannot !== undefined) {
        rows.push({ ...row, cannot })
        continue
      }
      /** @param {keyof Taken} key */
      const each = key => of(id).map(one => one[key])
      rows.push({
        ...row,
        atStart: median(each('atStart')),
        peak: summarise(each('peak')),
        wasm: median(each('wasm')),
        ratio: ratioOf(peaks(id), peaks(yardstick)),
      })
    }
  }
  return rows
}

/**
 * @param {OpenContender} contender @param {Input} input
 * @param {{ memoryImages: number, shareMs: number }} settings
 */
async function ofOne(contender, input, { memoryImages, shareMs }) {
  const fresh = await startContender(contender)
  try {
    const { peak: atStart } = await fresh.ask('memory')
    await fresh.ask('load', { input })
    let { ms } = await fresh.ask('run')
    const { wasm } = await fresh.ask('memory', { forget: true })
    for (let image = 1; image < memoryImages && (contender.focus || ms < shareMs); image++)
      ms += (await fresh.ask('run')).ms
    const { peak } = await fresh.ask('memory')
    return { atStart, peak, wasm }
  } finally {
    await fresh.close()
  }
}
