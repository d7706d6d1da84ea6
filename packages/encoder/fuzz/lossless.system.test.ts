// Lossless files hold every pixel for dwebp (Debian package webp) and for the kernel's own decoder: generated pictures
// (FUZZ_COUNT=2000 for the long run) and those of the corpus, at all efforts in turn.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bytesOf, cases, corpusIsHere, isAccepted } from '@sluice/testkit/corpus'
import { afterAll, describe, expect, it } from 'vitest'
import {
  decodeGif,
  decodeJpeg,
  decodePng,
  decodeWebp,
  instantiate as instantiateKernel,
} from '../../kernel/src/index.js'
import { kernelModule } from '../../kernel/test/kernel-module.js'
import { encodeLossless, instantiate } from '../src/index.js'
import { memory, module } from '../test/module.js'
import type { Picture } from '../test/reconstruction.js'
import { drawing, edges } from './drawings.js'

const { FUZZ_COUNT = '100' } = process.env
const kernel = kernelModule()
const folder = mkdtempSync(join(tmpdir(), 'lossless-'))
afterAll(() => rmSync(folder, { recursive: true }))
const file = join(folder, 'picture.webp')
const out = join(folder, 'picture.pam')

function byDwebp(pixels: number): Uint8Array {
  execFileSync('dwebp', ['-quiet', '-pam', file, '-o', out])
  return readFileSync(out).subarray(-pixels * 4)
}

/** What does not come back, or nothing. */
function differs({ rgba, width, height }: Picture, effort: number): string | undefined {
  const bytes = encodeLossless(instantiate(module, memory(1024)), rgba, width, height, { effort })
  if (typeof bytes === 'string') return bytes
  writeFileSync(file, bytes)
  if (Buffer.compare(byDwebp(width * height), rgba) !== 0) return 'dwebp'
  const { pixels } = decodeWebp(instantiateKernel(kernel), bytes, { width, height })
  return Buffer.compare(pixels, rgba) === 0 ? undefined : 'kernel'
}

describe('every pixel is kept', () => {
  it('for dwebp, which is here', () => {
    expect(execFileSync('dwebp', ['-version']).toString()).toMatch(/^\d+\.\d+/)
  })

  it('of pictures at the edges of the format', { timeout: 600_000 }, () => {
    const found = edges().map(([name, picture], i) => [name, differs(picture, i % 7)])
    expect(found.filter(([, how]) => how)).toEqual([])
  })

  it(`of ${FUZZ_COUNT} drawings`, { timeout: 3_600_000 }, () => {
    const found: string[] = []
    for (let seed = 0; seed < Number(FUZZ_COUNT); seed++) {
      const { picture, effort } = drawing(seed + 100_000)
      const how = differs(picture, effort)
      if (how) found.push(`seed ${seed}: ${how}`)
    }
    expect(found).toEqual([])
  })

  it.runIf(corpusIsHere)('of the corpus', { timeout: 3_600_000 }, () => {
    const decoders = { PNG: decodePng, GIF: decodeGif, JPEG: decodeJpeg, WEBP: decodeWebp }
    const found: string[] = []
    let taken = 0
    for (const [i, entry] of cases.filter(isAccepted).entries()) {
      const decode = decoders[entry.detected as keyof typeof decoders]
      if (!decode || entry.exif_orientation) continue
      const [width, height] = entry.in_size
      // Large ones take long, and are not different.
      if (width * height > 40_000) continue
      let rgba: Uint8Array
      try {
        rgba = decode(instantiateKernel(kernel), bytesOf(entry), { width, height }).pixels
      } catch {
        continue // CMYK and the like are drawn elsewhere
      }
      taken++
      const how = differs({ rgba, width, height }, i % 7)
      if (how) found.push(`${entry.file}: ${how}`)
    }
    expect(found).toEqual([])
    expect(taken).toBeGreaterThan(300)
  })
})
