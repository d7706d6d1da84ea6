import { startContender } from '../lib/contender-process.mjs'
import { summarise } from '../lib/stats.mjs'

/**
 * Memory of a fresh process that takes one image, and twice more if that is quick: its high-water mark, and the WASM memory
 * that the first image used.
 * @returns rows of { input, contender, atStart, peak, wasm, ratio }, bytes; the ratio is of the peaks
 */
export async function measureMemory({ inputs, open, yardstick, onceMs, progress }) {
  const rows = []
  for (const input of inputs) {
    const mine = []
    for (const contender of open) {
      if (contender.cannot?.[input.kind]) continue
      progress(`memory: ${input.id}, ${contender.label}`)
      try {
        mine.push({ input: input.id, contender: contender.id, ...(await ofOne(contender, input, onceMs)) })
      } catch (error) {
        rows.push({
          input: input.id,
          contender: contender.id,
          cannot: error.message.split('\n')[0].slice(0, 120),
        })
      }
    }
    const against = mine.find(row => row.contender === yardstick)
    for (const row of mine) rows.push({ ...row, ratio: summarise([row.peak / against.peak]) })
  }
  return rows
}

async function ofOne(contender, input, onceMs) {
  const fresh = await startContender(contender)
  try {
    const { peak: atStart } = await fresh.ask('memory')
    await fresh.ask('load', { input })
    const { ms } = await fresh.ask('run')
    const { wasm } = await fresh.ask('memory', { forget: true })
    for (let turn = 0; turn < 2 && ms <= onceMs; turn++) await fresh.ask('run')
    const { peak } = await fresh.ask('memory')
    return { atStart, peak, wasm }
  } finally {
    await fresh.close()
  }
}
