import { createRequire } from 'node:module'
import { thumb8, thumbDistance } from '@sluice/testkit/thumb8'
import { decodeWebp } from '../encoder/libwebp.mjs'
import { compare } from '../encoder/metrics/metrics.mjs'
import { firstLine } from '../lib/first-line.mjs'
import { fitInside } from '../lib/job.mjs'

/**
 * @import { BeforeAfter, Input, OpenContender, Outputs, Picture, QualityRow, Shared, SharpImage, Size } from '../types.js'
 */

const sharp = createRequire(new URL('../rivals/package.json', import.meta.url))('sharp')

/**
 * How near each output is to the original, shrunk without loss by sharp's Lanczos (which favours sharp a little): SSIM in
 * decibels, SSIMULACRA2, and the largest difference of 8x8 thumbs. Only outputs of the same size can be compared.
 * @param {Shared & { outputs: Outputs }} settings
 */
export async function measureQuality({ inputs, open, outputs, progress }) {
  /** @type {QualityRow[]} */
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
          error => ({ ...row, cannot: firstLine(error) }),
        ),
      )
    }
  }
  return rows
}

/**
 * Details at full size, before and after: what the report shows beside the numbers. Data URLs of lossless WebP.
 * @param {{ inputs: readonly Input[], shown: readonly OpenContender[], outputs: Outputs }} settings
 * @returns {Promise<BeforeAfter[]>}
 */
export async function beforeAndAfter({ inputs, shown, outputs }) {
  return Promise.all(
    inputs.map(async input => {
      const { rgba, ...size } = await shrink(input)
      /** @type {[label: string, image: SharpImage][]} */
      const views = [['before', sharp(rgba, { raw: { ...size, channels: 4 } })]]
      for (const { id, label } of shown) {
        const webp = outputs.get(input.id)?.get(id)
        if (webp) views.push([label, sharp(webp)])
      }
      return { title: input.title, views: await Promise.all(views.map(view => detail(view, size))) }
    }),
  )
}

/** @param {[label: string, image: SharpImage]} view @param {Size} size */
async function detail([label, image], size) {
  const [width, height] = [Math.min(280, size.width), Math.min(210, size.height)]
  const place = { left: (size.width - width) >> 1, top: (size.height - height) >> 1, width, height }
  const webp = await image.extract(place).webp({ lossless: true }).toBuffer()
  return { label, url: `data:image/webp;base64,${webp.toString('base64')}` }
}

/** @param {Input} input @returns {Promise<Picture>} */
async function shrink({ path }) {
  const upright = sharp(path, { limitInputPixels: false }).autoOrient()
  const { autoOrient } = await sharp(path, { limitInputPixels: false }).metadata()
  const { width, height } = fitInside(autoOrient.width, autoOrient.height)
  const rgba = await upright.resize(width, height, { fit: 'fill' }).ensureAlpha().raw().toBuffer()
  return { width, height, rgba }
}

/** @param {Picture} reference @param {Buffer} webp */
async function distance(reference, webp) {
  const output = await decodeWebp(webp)
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

/** @param {Picture} picture */
function thumbOf({ rgba, ...size }) {
  return thumb8({ ...size, pixels: rgba })
}

/**
 * What is transparent has no colour that anybody sees: compared is how pictures look on a page.
 * @param {Uint8Array} rgba
 */
function onWhite(rgba) {
  const page = new Uint8ClampedArray(rgba.length).fill(255)
  for (let i = 0; i < rgba.length; i += 4) {
    const alpha = rgba[i + 3] / 255
    for (let c = 0; c < 3; c++) page[i + c] = rgba[i + c] * alpha + 255 * (1 - alpha)
  }
  return page
}
