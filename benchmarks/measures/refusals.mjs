/** What it costs to say no: milliseconds and verdict for files that must not become images. Who accepts one is told so. */
export async function measureRefusals({ inputs, open, progress }) {
  const rows = []
  for (const input of inputs) {
    for (const contender of open) {
      try {
        await contender.process.ask('load', { input })
        rows.push({ input: input.id, contender: contender.id, ...(await contender.process.ask('refuse')) })
      } catch (error) {
        rows.push({
          input: input.id,
          contender: contender.id,
          cannot: error.message.split('\n')[0].slice(0, 120),
        })
      }
    }
    progress(`refusals: ${input.id}`)
  }
  return rows
}
