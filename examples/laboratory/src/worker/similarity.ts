import { type CodecPack, kernelRenderer } from '@sluice/codecs'
import { admit, definePolicy, type Policy, type Probed, planRendering, probe, sniff } from '@sluice/core'
import { ssim } from './ssim.js'

/** "Encodes" the first picture as its pixels: what an encoder sees. */
const pixels: CodecPack = {
  encoders: [
    {
      format: 'webp',
      async encode(frames) {
        for await (const frame of frames) return frame.pixels.slice()
        throw new Error('no frame came')
      },
    },
  ],
}
const toPixels = kernelRenderer({ codecs: [pixels] })

/** How like the picture that came out is to what the encoder was given: SSIM of the first frames. */
export async function similarityOf(source: Probed, output: Uint8Array, policy: Policy): Promise<number> {
  const [given, width, height] = await pixelsOf(source, policy)
  const generous = definePolicy({ output: { maxWidth: width, maxHeight: height }, memoryMb: 1024 })
  const [came] = await pixelsOf(
    probe(sniff(await admit({ body: output }, generous), generous), generous),
    generous,
  )
  return ssim(given, came, width, height)
}

async function pixelsOf(image: Probed, policy: Policy): Promise<[Uint8Array, width: number, height: number]> {
  const plan = planRendering(image.header, policy, image.view)
  const outputs = plan.outputs
    .slice(0, 1)
    .map(output => ({ ...output, format: 'webp', animated: false }) as const)
  const { renditions } = await toPixels.render(image, { ...plan, outputs, placeholder: 'none' })
  const [drawn] = renditions
  if (!drawn) throw new Error('nothing was drawn')
  return [drawn.bytes, drawn.width, drawn.height]
}
