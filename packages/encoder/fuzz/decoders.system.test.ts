// Decoders must show exactly what the encoder reconstructed. FUZZ_COUNT=2000 for the long run.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { encodeAndReconstruct } from '../test/reconstruction.js'
import { fuzzCase } from './pictures.js'

const { FUZZ_COUNT = '70' } = process.env
const COUNT = Number(FUZZ_COUNT)
const folder = mkdtempSync(join(tmpdir(), 'encoder-fuzz-'))
afterAll(() => rmSync(folder, { recursive: true }))
const file = join(folder, 'picture.webp')
const out = join(folder, 'out')

/** Planes Y, U, V by libwebp's dwebp (Debian package webp). */
function dwebpPlanes(bytes: number): Uint8Array {
  execFileSync('dwebp', ['-quiet', '-yuv', file, '-o', out])
  return readFileSync(out).subarray(0, bytes)
}

/** The alpha plane by dwebp. */
function dwebpAlpha(pixels: number): Uint8Array {
  execFileSync('dwebp', ['-quiet', '-pam', file, '-o', out])
  const pam = readFileSync(out)
  const rgba = pam.subarray(pam.length - pixels * 4)
  return rgba.filter((_, i) => i % 4 === 3)
}

/** The planes by FFmpeg's own VP8 decoder. */
function ffmpegPlanes(): Uint8Array {
  execFileSync('ffmpeg', ['-v', 'error', '-y', '-i', file, '-f', 'rawvideo', '-pix_fmt', 'yuv420p', out])
  return readFileSync(out)
}

describe(`${COUNT} pictures decode as they were reconstructed`, () => {
  it('has the decoders', () => {
    expect(execFileSync('dwebp', ['-version']).toString()).toMatch(/^\d+\.\d+/)
    expect(execFileSync('ffmpeg', ['-version']).toString()).toMatch(/^ffmpeg version/)
  })

  it('in dwebp and FFmpeg, alpha and all', { timeout: 3_600_000 }, () => {
    const differing: string[] = []
    for (let seed = 0; seed < COUNT; seed++) {
      const { picture, quality, effort } = fuzzCase(seed)
      const result = encodeAndReconstruct(picture, { quality, effort })
      const label = `seed ${seed}: ${picture.width}x${picture.height} quality ${quality} effort ${effort}`
      if (typeof result === 'string') {
        differing.push(`${label}: ${result}`)
        continue
      }
      writeFileSync(file, result.file)
      const alpha = picture.rgba.filter((_, i) => i % 4 === 3)
      const same =
        Buffer.compare(dwebpPlanes(result.planes.length), result.planes) === 0 &&
        Buffer.compare(ffmpegPlanes(), result.planes) === 0 &&
        Buffer.compare(dwebpAlpha(alpha.length), alpha) === 0
      if (!same) differing.push(label)
    }
    expect(differing).toEqual([])
  })
})
