import { createRequire } from 'node:module'
import { thumb8, thumbDistance } from '@sluice/testkit/thumb8'
import { decodeWebp } from '../encoder/libwebp.mjs'
import { compare } from '../encoder/metrics/metrics.mjs'
import { fitInside } from '../lib/job.mjs'

const sharp = createRequire(new URL('../peers/package.json', import.meta.url))('sharp')

/**
 * How near each output is to the original, shrunk without loss by sharp's Lanczos (which favours sharp a little): SSIM in
 * decibels, SSIMULACRA2, and the largest difference of 8x8 thumbs. Only outputs of the same size can be compared.
 * @param {{ outputs: Map<string, Map<string, Buffer>> }} settings `outputs`: the files that the latency rounds made
 */
export async function measureQuality({ inputs, open, outputs, progress }) {
  const rows = []
  for (const input of inputs) {
    const reference = await shrink(input)
    for (const { id, label } of open) {
      const webp = outputs.get(input.id)?.get(id)
      if (!webp) continue
      progress(`quality: ${input.id}, ${label}`)
      const row = { input: input.id, contender: id, bytes: webp.length }
      rows.push(
        await distance(reference, webp).then(
          found => ({ ...row, ...found }),
          error => ({ ...row, cannot: error.message.split('\n')[0].slice(0, 120) }),
        ),
      )
    }
  }
  return rows
}

/** Details at full size, before and after: what the report shows beside the numbers. Data URLs of lossless WebP. */
export async function beforeAndAfter({ inputs, shown, outputs }) {
  return Promise.all(
    inputs.map(async input => {
      const { rgba, ...size } = await shrink(input)
      const views = [['before', sharp(rgba, { raw: { ...size, channels: 4 } })]]
      for (const { id, label } of shown) {
        const webp = outputs.get(input.id)?.get(id)
        if (webp) views.push([label, sharp(webp)])
      }
      return { title: input.title, views: await Promise.all(views.map(view => detail(view, size))) }
    }),
  )
}

async function detail([label, image], size) {
  const [width, height] = [Math.min(280, size.width), Math.min(210, size.height)]
  const place = { left: (size.width - width) >> 1, top: (size.height - height) >> 1, width, height }
  const webp = await image.extract(place).webp({ lossless: true }).toBuffer()
  return { label, url: `data:image/webp;base64,${webp.toString('base64')}` }
}

async function shrink({ path }) {
  const upright = sharp(path, { limitInputPixels: false }).autoOrient()
  const { width, height } = fitInside(
    ...Object.values((await sharp(path, { limitInputPixels: false }).metadata()).autoOrient),
  )
  const rgba = await upright.resize(width, height, { fit: 'fill' }).ensureAlpha().raw().toBuffer()
  return { width, height, rgba }
}

async function distance(reference, webp) {
  const output = await decodeWebp(webp.buffer.slice(webp.byteOffset, webp.byteOffset + webp.length))
  if (output.width !== reference.width || output.height !== reference.height)
    return { cannot: `made ${output.width}x${output.height}, not ${reference.width}x${reference.height}` }
  const { ssim, ssimulacra2 } = compare(
    onWhite(reference.rgba),
    onWhite(output.rgba),
    output.width,
    output.height,
  )
  return { ssim, ssimulacra2, thumb: thumbDistance(thumbOf(reference), thumbOf(output)) }
}

function thumbOf({ rgba, ...size }) {
  return thumb8({ ...size, pixels: rgba })
}

/** What is transparent has no colour that anybody sees: compared is how pictures look on a page. */
function onWhite(rgba) {
  const page = new Uint8ClampedArray(rgba.length).fill(255)
  for (let i = 0; i < rgba.length; i += 4) {
    const alpha = rgba[i + 3] / 255
    for (let c = 0; c < 3; c++) page[i + c] = rgba[i + c] * alpha + 255 * (1 - alpha)
  }
  return page
}
