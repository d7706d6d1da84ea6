import { startContender } from '../lib/contender-process.mjs'

/** Peak memory of a fresh process that takes one image three times: process high-water mark, less that of the process after start. */
export async function measureMemory({ inputs, open, progress }) {
  const rows = []
  for (const input of inputs) {
    for (const contender of open) {
      if (contender.cannot?.[input.kind]) continue
      try {
        const fresh = await startContender(contender)
        const { peak: atStart } = await fresh.ask('memory')
        await fresh.ask('load', { input })
        for (let turn = 0; turn < 3; turn++) await fresh.ask('run')
        const { peak } = await fresh.ask('memory')
        rows.push({ input: input.id, contender: contender.id, atStart, peak })
        await fresh.close()
      } catch (error) {
        rows.push({
          input: input.id,
          contender: contender.id,
          cannot: error.message.split('\n')[0].slice(0, 120),
        })
      }
      progress(`memory: ${input.id}, ${contender.id}`)
    }
  }
  return rows
}
