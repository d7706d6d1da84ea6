// Bun's own images; it has no setting for effort, and no animations.
import { job } from '../lib/job.mjs'

export function open() {
  if (!globalThis.Bun?.Image) throw new Error('Bun.Image is in Bun 1.3.14 and later')
  return {
    version: Bun.version,
    async run(bytes) {
      const image = new Bun.Image(bytes)
        .resize(job.maxWidth, job.maxHeight, { fit: 'inside', withoutEnlargement: true })
        .webp({ quality: job.quality })
      const made = await image.bytes()
      return { bytes: made, width: image.width, height: image.height }
    },
  }
}
