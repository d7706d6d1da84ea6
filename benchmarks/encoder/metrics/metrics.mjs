// The four metrics of a picture against its source, computed by a small WASM module that is built on first use.

import { fileURLToPath } from 'node:url'
import asc from 'assemblyscript/asc'

/** @import { Metrics } from '../../types.js' */

async function build() {
  /** @type {Uint8Array<ArrayBuffer> | undefined} */
  let bytes
  const { error, stderr } = await asc.main(
    [
      'index.ts',
      '--outFile',
      'm.wasm',
      '-O3',
      '--noAssert',
      '--runtime',
      'stub',
      '--enable',
      'simd',
      '--use',
      'abort=',
      '--baseDir',
      fileURLToPath(new URL('assembly/', import.meta.url)),
    ],
    {
      writeFile: (_, data) => {
        bytes = Uint8Array.from(Buffer.from(data))
      },
      stderr: asc.createMemoryStream(),
    },
  )
  if (error || !bytes) throw new Error(`${error}\n${stderr}`)
  return new WebAssembly.Module(bytes)
}

/**
 * @typedef {{ memory: WebAssembly.Memory, free(): number, grow(bytes: number): void,
 *   lumaError(a: number, b: number, pixels: number): number, rgbError(a: number, b: number, pixels: number): number,
 *   ssim(a: number, b: number, width: number, height: number, work: number): number,
 *   ssimulacra2(a: number, b: number, width: number, height: number, work: number): number }} MetricsModule
 */
const { exports } = new WebAssembly.Instance(await build(), {})
const instance = /** @type {MetricsModule} */ (/** @type {unknown} */ (exports))

/** @param {number} error */
const decibels = error => (error > 0 ? 10 * Math.log10((255 * 255) / error) : 99)

/**
 * { luma, rgb: PSNR in dB; ssim: dB of 1 - SSIM; ssimulacra2: score } of two RGBA pictures of one size.
 * @param {ArrayLike<number>} source @param {ArrayLike<number>} decoded
 * @param {number} width @param {number} height
 * @returns {Metrics}
 */
export function compare(source, decoded, width, height) {
  const bytes = width * height * 4
  const start = instance.free() >>> 0
  const second = (start + bytes + 63) & ~63
  const work = (second + bytes + 63) & ~63
  const plane = ((width + 3) & ~3) * height * 4
  instance.grow(work + 20 * plane + 65536)
  const memory = new Uint8Array(instance.memory.buffer)
  memory.set(source, start)
  memory.set(decoded, second)
  return {
    luma: decibels(instance.lumaError(start, second, width * height)),
    rgb: decibels(instance.rgbError(start, second, width * height)),
    ssim: -10 * Math.log10(Math.max(1e-9, 1 - instance.ssim(start, second, width, height, work))),
    ssimulacra2: instance.ssimulacra2(start, second, width, height, work),
  }
}
