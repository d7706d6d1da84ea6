// Against libjpeg-turbo: djpeg decodes what cjpeg wrote, and so do we. Planes are compared rather than pixels,
// because subsampled chroma is interpolated here and repeated there (-nosmooth). A plane is seen through the ordinary
// interface by asking for a result of just its size: then its samples come out unfiltered.
//
// Scaled decoding is an n x n DCT of the lowest frequencies here, and an average there. So what djpeg decodes at
// full size is brought to 1/2, 1/4 and 1/8 by the definition of that DCT, in floating point.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { decodeJpeg, instantiate, type Pixels } from '../src/index.js'
import { kernelModule } from './kernel-module.js'
import { psnr, waves } from './pictures.js'

const SAMPLINGS = ['1x1', '2x1', '1x2', '2x2', '4x1', '4x2'] as const
const CODINGS = { baseline: [], progressive: ['-progressive'], restart: ['-restart', '3B'] }
const QUALITIES = ['60', '92']
const LARGEST = 3

const module = kernelModule()
// A multiple of every MCU at every scale, so that planes have whole sizes.
const smooth = waves(256, 192)
/** With texture, without which reducing rightly and wrongly would look alike; nothing may clip. */
const picture = { ...smooth, pixels: smooth.pixels.map((v, i) => v + (((i >> 2) * 7919 + i * 31) % 41) - 20) }

interface Plane {
  readonly samples: Float64Array
  readonly width: number
  readonly height: number
}

/** A binary PPM as RGB bytes, and back. */
function toPpm({ pixels, width, height }: Pixels = picture): Buffer {
  const rgb = pixels.filter((_, i) => i % 4 < 3)
  return Buffer.concat([Buffer.from(`P6\n${width} ${height}\n255\n`), rgb])
}
function fromPpm(ppm: Buffer): Uint8Array {
  const header = /^P6\s+\d+\s+\d+\s+255\s/.exec(ppm.subarray(0, 40).toString('latin1'))
  if (!header) throw new Error('not a PPM')
  return ppm.subarray(header[0].length)
}

/** One of Y, Cb, Cr from interleaved RGB. */
function planeOf(rgb: Uint8Array, step: number, width: number, height: number, index: number): Plane {
  const weights =
    [
      [0.299, 0.587, 0.114, 0],
      [-0.168736, -0.331264, 0.5, 128],
      [0.5, -0.418688, -0.081312, 128],
    ][index] ?? []
  const [r = 0, g = 0, b = 0, offset = 0] = weights
  const samples = new Float64Array(width * height)
  for (let i = 0; i < samples.length; i++) {
    const at = i * step
    samples[i] = r * (rgb[at] ?? 0) + g * (rgb[at + 1] ?? 0) + b * (rgb[at + 2] ?? 0) + offset
  }
  return { samples, width, height }
}

/** Every h-th sample of every v-th row: undoes the repetition of chroma. */
function thin({ samples, width, height }: Plane, h: number, v: number): Plane {
  const out = new Float64Array((width / h) * (height / v))
  return {
    samples: out.map((_, i) => samples[Math.floor(i / (width / h)) * v * width + (i % (width / h)) * h] ?? 0),
    width: width / h,
    height: height / v,
  }
}

/** DCT-II basis of n points, orthonormal: row k, column x. */
function basis(n: number): number[][] {
  return Array.from({ length: n }, (_, k) =>
    Array.from(
      { length: n },
      (_, x) => Math.sqrt((k ? 2 : 1) / n) * Math.cos(((2 * x + 1) * k * Math.PI) / (2 * n)),
    ),
  )
}

/** 8x8 DCT of every block, then the n x n inverse of its lowest frequencies. */
function scale({ samples, width, height }: Plane, n: number): Plane {
  const forward = basis(8)
  const inverse = basis(n)
  const out = new Float64Array(((width * n) / 8) * ((height * n) / 8))
  // Both transforms in one: sample x of the block weighs m[u][x] in output u.
  const m = Array.from({ length: n }, (_, u) =>
    Array.from({ length: 8 }, (_, x) => {
      let sum = 0
      for (let k = 0; k < n; k++) sum += (inverse[k]?.[u] ?? 0) * (forward[k]?.[x] ?? 0)
      return sum * Math.sqrt(n / 8)
    }),
  )
  for (let by = 0; by < height / 8; by++) {
    for (let bx = 0; bx < width / 8; bx++) {
      for (let v = 0; v < n; v++) {
        for (let u = 0; u < n; u++) {
          let sum = 0
          for (let y = 0; y < 8; y++) {
            for (let x = 0; x < 8; x++) {
              sum += (m[v]?.[y] ?? 0) * (m[u]?.[x] ?? 0) * (samples[(by * 8 + y) * width + bx * 8 + x] ?? 0)
            }
          }
          out[(by * n + v) * ((width * n) / 8) + bx * n + u] = sum
        }
      }
    }
  }
  return { samples: out, width: (width * n) / 8, height: (height * n) / 8 }
}

/** Our plane: `minOversampling` is such that DCT scaling goes just as far as the size asked for. */
function ours(file: Buffer, index: number, width: number, height: number): Plane {
  const minOversampling = index === 0 ? 1 : 2 // chroma may shrink to half of it
  const { pixels } = decodeJpeg(instantiate(module), file, { width, height, minOversampling })
  return planeOf(pixels, 4, width, height, index)
}

function largest(a: Plane, b: Plane): number {
  return a.samples.reduce((most, v, i) => Math.max(most, Math.abs(v - (b.samples[i] ?? 0))), 0)
}

test('cjpeg and djpeg are libjpeg-turbo', () => {
  for (const tool of ['cjpeg', 'djpeg']) {
    const { stderr } = { stderr: execFileSync('sh', ['-c', `${tool} -version 2>&1`], { encoding: 'utf8' }) }
    expect(stderr).toMatch(/libjpeg-turbo/)
  }
})

describe.each(SAMPLINGS)('sampling %s', sampling => {
  test.each(Object.entries(CODINGS))('%s', (_, flags) => {
    const [h = 1, v = 1] = sampling.split('x').map(Number)
    let compared = 0
    for (const quality of QUALITIES) {
      const file = execFileSync('cjpeg', ['-quality', quality, '-sample', sampling, ...flags], {
        input: toPpm(),
      })
      const reference = fromPpm(execFileSync('djpeg', ['-nosmooth', '-dct', 'int', '-ppm'], { input: file }))
      for (let index = 0; index < 3; index++) {
        const full = planeOf(reference, 3, picture.width, picture.height, index)
        const plane = index === 0 ? full : thin(full, h, v)
        for (const n of [8, 4, 2, 1]) {
          const expected = scale(plane, n)
          const actual = ours(file, index, expected.width, expected.height)
          expect(
            largest(actual, expected),
            `quality ${quality} component ${index} scale ${n}/8`,
          ).toBeLessThanOrEqual(LARGEST)
          compared++
        }
      }
    }
    expect(compared).toBe(QUALITIES.length * 3 * 4)
  })
})

describe('a progressive picture that ended before all its scans', () => {
  const dc = '0 1 2: 0-0, 0, 1;'
  const ac = ['0: 1-63, 0, 2;', '1: 1-63, 0, 1;', '2: 1-63, 0, 1;']
  /** With the PSNR that our pixels must have against libjpeg's. Without smoothing it is 22.8, 23.6 and 41.1. */
  const cases = [
    ['DC alone', [dc], 32],
    ['some AC of luma', [dc, '0: 1-5, 0, 2;'], 33],
    ['all AC but for its last bits', [dc, ...ac], 42],
  ] as const

  test.each(cases)('%s: its blocks are smoothed as libjpeg does', (_, script, least) => {
    const folder = mkdtempSync(join(tmpdir(), 'sluice-scans-'))
    try {
      const list = join(folder, 'scans.txt')
      writeFileSync(list, script.join('\n'))
      const file = execFileSync('cjpeg', ['-quality', '80', '-scans', list], { input: toPpm(smooth) })
      const reference = fromPpm(execFileSync('djpeg', ['-dct', 'int', '-ppm'], { input: file }))
      const { pixels } = decodeJpeg(instantiate(module), file, smooth)
      const rgb = pixels.filter((_, i) => i % 4 < 3)
      expect(psnr(rgb, reference)).toBeGreaterThan(least)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
