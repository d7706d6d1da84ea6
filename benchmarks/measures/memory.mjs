import { startContender } from '../lib/contender-process.mjs'
import { median, ratioOf, summarise } from '../lib/stats.mjs'

/**
 * Memory of fresh processes that take `memoryImages` images, one after the other: the high-water mark, and the WASM memory that the
 * first used. A process's mark rises over its first dozen images and differs by a tenth from start to start before that. Who
 * is in focus starts `memoryRounds` of them, in turns; the others start one, and are not given another image after `shareMs`.
 * @returns rows of { input, contender, atStart, peak, wasm, ratio }, bytes; the ratio is of the peaks, round by round
 */
export async function memoryPass({ inputs, open, yardstick, memoryImages, memoryRounds, shareMs, progress }) {
  const rows = []
  for (const input of inputs) {
    const able = open.filter(contender => !contender.cannot?.[input.kind])
    const seen = new Map(able.map(({ id }) => [id, []]))
    const failed = new Map()
    for (let round = 0; round < memoryRounds; round++) {
      for (const contender of able.filter(({ id, focus }) => !failed.has(id) && (focus || round === 0))) {
        progress(`memory: ${input.id}, round ${round + 1} of ${memoryRounds}, ${contender.label}`)
        try {
          seen.get(contender.id).push(await ofOne(contender, input, { memoryImages, shareMs }))
        } catch (error) {
          failed.set(contender.id, error.message.split('\n')[0].slice(0, 120))
        }
      }
    }
    const peaks = id => new Map(seen.get(id).map(({ peak }, round) => [round, peak]))
    for (const { id } of able) {
      const row = { input: input.id, contender: id }
      if (failed.has(id)) {
        rows.push({ ...row, cannot: failed.get(id) })
        continue
      }
      const of = key => seen.get(id).map(each => each[key])
      rows.push({
        ...row,
        atStart: median(of('atStart')),
        peak: summarise(of('peak')),
        wasm: median(of('wasm')),
        ratio: ratioOf(peaks(id), peaks(yardstick)),
      })
    }
  }
  return rows
}

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
