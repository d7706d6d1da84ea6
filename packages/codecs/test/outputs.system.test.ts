// What others make of our JPEG and PNG: djpeg of libjpeg-turbo, and FFmpeg.
import { execFileSync } from 'node:child_process'
import type { OutputFormat } from '@sluice/core'
import { expect, test } from 'vitest'
import { encodePngFrames } from '../../../benchmarks/inputs/png.mjs'
import { drawBadge, drawScene } from '../../../fixtures/make/scene.mjs'
import { jpeg } from '../src/formats/jpeg/index.js'
import { png } from '../src/formats/png/index.js'
import { kernelRenderer } from '../src/index.js'
import { draw } from '../src/testing/exam.js'

const renderer = kernelRenderer({ codecs: [jpeg(), png()] })
const scene = drawScene(41, 300, 200)

async function written(format: OutputFormat & ('jpeg' | 'png'), image: ReturnType<typeof drawScene>) {
  const { width, height, data } = image
  const file = encodePngFrames([new Uint8Array(data.buffer)], width, height)
  const { renditions } = await draw(renderer, file, { output: { format } })
  return renditions[0]?.bytes ?? new Uint8Array()
}

function ffmpegPixels(file: Uint8Array): Buffer {
  const args = ['-v', 'error', '-i', 'pipe:0', '-f', 'rawvideo', '-pix_fmt', 'rgba', 'pipe:1']
  return execFileSync('ffmpeg', args, { input: file, maxBuffer: 2 ** 26 })
}

test('djpeg reads our JPEG without a warning, as the picture that it was', async () => {
  const file = await written('jpeg', scene)
  const ppm = execFileSync('djpeg', ['-strict', '-ppm'], { input: file, maxBuffer: 2 ** 26 })
  const rgb = ppm.subarray(ppm.length - 3 * scene.width * scene.height)
  const source = new Uint8Array(scene.data.buffer)
  let sum = 0
  rgb.forEach((value, at) => {
    sum += Math.abs(value - (source[4 * Math.floor(at / 3) + (at % 3)] ?? 0))
  })
  expect(sum / rgb.length).toBeLessThan(6)
})

test.each([
  ['a photograph', scene],
  ['a picture with alpha', drawBadge(96)],
])('FFmpeg reads our PNG of %s, bit by bit', async (_, image) => {
  const pixels = ffmpegPixels(await written('png', image))
  expect(pixels.length).toBe(4 * image.width * image.height)
  expect(Buffer.compare(pixels, Buffer.from(image.data.buffer))).toBe(0)
})
