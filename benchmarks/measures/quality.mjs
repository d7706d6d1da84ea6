import { createRequire } from 'node:module'
import { decodeWebp } from '../encoder/libwebp.mjs'
import { compare } from '../encoder/metrics/metrics.mjs'
import { fitInside } from '../lib/job.mjs'

const sharp = createRequire(new URL('../peers/package.json', import.meta.url))('sharp')

/**
 * How near each output is to the original, shrunk without loss by sharp's Lanczos (which favours sharp a little): SSIM in
 * decibels, SSIMULACRA2, and the largest difference of 8x8 thumbs. Only outputs of the same size can be compared.
 */
export async function measureQuality({ inputs, open, progress }) {
  const rows = []
  for (const input of inputs) {
    const reference = await shrink(input)
    for (const contender of open) {
      if (contender.cannot?.[input.kind]) continue
      try {
        await contender.process.ask('load', { input })
        const { base64, size } = await contender.process.ask('run', { wantBytes: true })
        rows.push({
          input: input.id,
          contender: contender.id,
          bytes: size,
          ...(await distance(reference, Buffer.from(base64, 'base64'))),
        })
      } catch (error) {
        rows.push({
          input: input.id,
          contender: contender.id,
          cannot: error.message.split('\n')[0].slice(0, 120),
        })
      }
    }
    progress(`quality: ${input.id}`)
  }
  return rows
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
  const { ssim, ssimulacra2 } = compare(reference.rgba, output.rgba, output.width, output.height)
  const [a, b] = [thumb(reference), thumb(output)]
  return { ssim, ssimulacra2, thumb: Math.max(...a.map((value, index) => Math.abs(value - b[index]))) }
}

/** Means of 8x8 areas, alpha first multiplied in. */
function thumb({ rgba, width, height }) {
  const sums = new Float64Array(8 * 8 * 4)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const cell = (((y * 8) / height) | 0) * 8 + (((x * 8) / width) | 0)
      const i = (y * width + x) * 4
      for (let c = 0; c < 3; c++) sums[cell * 4 + c] += (rgba[i + c] * rgba[i + 3]) / 255
      sums[cell * 4 + 3] += 1
    }
  }
  return Array.from(
    { length: 192 },
    (_, i) => sums[((i / 3) | 0) * 4 + (i % 3)] / sums[((i / 3) | 0) * 4 + 3],
  )
}
