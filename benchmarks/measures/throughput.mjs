import { startContender } from '../lib/contender-process.mjs'

/** Images a second with all cores: one process a core, each taking one image after the other; sharp also with its own threads in one process. */
export async function measureThroughput({ inputs, open, cores, seconds, progress }) {
  const rows = []
  for (const input of inputs) {
    for (const contender of open) {
      if (contender.cannot?.[input.kind]) continue
      const ownThreads = contender.id === 'sharp'
      const processes = await Promise.all(
        Array.from({ length: ownThreads ? 1 : cores }, () => startContender(contender)),
      )
      await Promise.all(processes.map(process => process.ask('load', { input })))
      await Promise.all(processes.map(process => process.ask('run')))
      const counts = await Promise.all(
        processes.map(process =>
          process.ask('throughput', { seconds, parallel: ownThreads ? cores * 2 : 1 }),
        ),
      )
      rows.push({
        input: input.id,
        contender: contender.id,
        perSecond: counts.reduce((sum, count) => sum + count.images / count.seconds, 0),
      })
      await Promise.all(processes.map(process => process.close()))
      progress(`throughput: ${input.id}, ${contender.id}`)
    }
  }
  return rows
}
