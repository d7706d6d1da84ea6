// Pictures for tests, and JPEG files made from them with mozjpeg.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import encode, { init } from '@jsquash/jpeg/encode.js'
import type { EncodeOptions } from '@jsquash/jpeg/meta.js'
import type { Pixels } from '../src/index.js'

const require = createRequire(import.meta.url)
const wasm = new WebAssembly.Module(readFileSync(require.resolve('@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm')))

/** A picture from a function of its coordinates. */
export function draw(width: number, height: number, at: (x: number, y: number) => readonly number[]): Pixels {
  const pixels = new Uint8Array(width * height * 4)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) pixels.set(at(x, y), (y * width + x) * 4)
  }
  return { pixels, width, height }
}

/** Smooth waves in every channel, of mid contrast: nothing clips, everything moves. */
export function waves(width: number, height: number): Pixels {
  const wave = (a: number) => Math.round(128 + 70 * Math.sin(a))
  return draw(width, height, (x, y) => [wave(x / 9 + y / 31), wave(x / 23 - y / 11), wave((x + y) / 17), 255])
}

export async function toJpeg(picture: Pixels, options: Partial<EncodeOptions> = {}): Promise<Uint8Array> {
  await init(wasm as never)
  const data = new Uint8ClampedArray(picture.pixels)
  return new Uint8Array(await encode({ ...picture, data, colorSpace: 'srgb' } as ImageData, options))
}

/** Largest difference of any byte. */
export function largestDifference(a: Uint8Array, b: Uint8Array): number {
  if (a.length !== b.length) throw new Error(`${a.length} and ${b.length} bytes`)
  return a.reduce((most, v, i) => Math.max(most, Math.abs(v - (b[i] ?? 0))), 0)
}

/** Peak signal-to-noise ratio in dB. */
export function psnr(a: Uint8Array, b: Uint8Array): number {
  if (a.length !== b.length) throw new Error(`${a.length} and ${b.length} bytes`)
  const sum = a.reduce((total, v, i) => total + (v - (b[i] ?? 0)) ** 2, 0)
  return 10 * Math.log10((255 * 255 * a.length) / sum)
}

/** What Exif orientation means, pixel by pixel: the upright picture of a stored one. */
export function upright({ pixels, width, height }: Pixels, orientation: number): Pixels {
  const turned = orientation >= 5
  const source = (x: number, y: number) => {
    const [column, row] = turned ? [y, x] : [x, y]
    return [
      [2, 3, 7, 8].includes(orientation) ? width - 1 - column : column,
      [3, 4, 6, 7].includes(orientation) ? height - 1 - row : row,
    ] as const
  }
  return draw(turned ? height : width, turned ? width : height, (x, y) => {
    const [column, row] = source(x, y)
    const at = (row * width + column) * 4
    return [...pixels.subarray(at, at + 4)]
  })
}
