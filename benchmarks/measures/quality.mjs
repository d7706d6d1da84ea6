import sharpReference from './reference.mjs'

/** SSIM of each output against the same resize without loss, and the distance of their 8x8 thumbs. */
export async function measureQuality({ inputs, open, progress }) {
  const rows = []
  for (const input of inputs) {
    const reference = await sharpReference(input)
    for (const contender of open) {
      if (contender.cannot?.[input.kind]) continue
      try {
        await contender.process.ask('load', { input })
        const { base64, size, width, height } = await contender.process.ask('run', { wantBytes: true })
        rows.push({ input: input.id, contender: contender.id, bytes: size, width, height, ...(await reference.compare(Buffer.from(base64, 'base64'))) })
      } catch (error) {
        rows.push({ input: input.id, contender: contender.id, cannot: error.message.split('\n')[0].slice(0, 120) })
      }
    }
    progress(`quality: ${input.id}`)
  }
  return rows
}
