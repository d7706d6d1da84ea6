import { pairedRatio, summarise } from '../lib/stats.mjs'

/**
 * Milliseconds for one image, all contenders taking turns: A B C A B C …, each in its own warm process.
 * Contenders marked slow take part in the first rounds only.
 */
export async function measureLatency({ inputs, open, yardstick, rounds, slowRounds, progress }) {
  const rows = []
  for (const input of inputs) {
    const running = []
    for (const contender of open) {
      const reason = contender.cannot?.[input.kind]
      if (reason) rows.push({ input: input.id, contender: contender.id, cannot: reason })
      else running.push({ ...contender, times: [] })
    }
    for (const contender of [...running]) {
      try {
        await contender.process.ask('load', { input })
        contender.first = await contender.process.ask('run')
      } catch (error) {
        rows.push({ input: input.id, contender: contender.id, cannot: firstLine(error) })
        running.splice(running.indexOf(contender), 1)
      }
    }
    for (let round = 0; round < rounds; round++) {
      for (const contender of running) {
        if (contender.slow && round >= slowRounds) continue
        contender.times.push((await contender.process.ask('run')).ms)
      }
      progress(`${input.id}: round ${round + 1} of ${rounds}`)
    }
    const against = running.find(contender => contender.id === yardstick)?.times
    for (const { id, times, first } of running) {
      rows.push({
        input: input.id,
        contender: id,
        ms: summarise(times),
        ...(against ? { ratio: pairedRatio(times, against) } : {}),
        bytes: first.size,
        width: first.width,
        height: first.height,
      })
    }
  }
  return rows
}

function firstLine(error) {
  return error.message.split('\n')[0].slice(0, 120)
}
