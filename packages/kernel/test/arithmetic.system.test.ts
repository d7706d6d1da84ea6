// Arithmetic coding against libjpeg-turbo: jpegtran turns one coding into the other without a change of coefficients, so
// that our own decoder of Huffman's coding, which djpeg.system.test.ts holds to djpeg, is the measure: bit by bit.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { decodeJpeg, instantiate } from '../src/index.js'
import { makePpm, makeSamples } from './arithmetic/make.mjs'
import { putTogether, segment, takeApart } from './jpeg-file.js'
import { kernelModule } from './kernel-module.js'
import { draw } from './pictures.js'

const module = kernelModule()
const picture = draw(203, 149, (x, y) => [
  (x * 5 + y) & 255,
  (x >> 3) % 2 === (y >> 3) % 2 ? 230 : 20,
  (x * y * 7919) & 255,
  255,
])
const rgb = picture.pixels.filter((_, at) => at % 4 < 3)
const ppm = Buffer.concat([Buffer.from(`P6\n${picture.width} ${picture.height}\n255\n`), rgb])

const jpegtran = (file: Uint8Array, ...flags: readonly string[]) =>
  new Uint8Array(execFileSync('jpegtran', flags, { input: file }))
const cjpeg = (...flags: readonly string[]) => new Uint8Array(execFileSync('cjpeg', flags, { input: ppm }))
const decode = (file: Uint8Array, divisor: number) => {
  const [width, height] = [Math.ceil(picture.width / divisor), Math.ceil(picture.height / divisor)]
  return decodeJpeg(instantiate(module), file, { width, height })
}

const codings = {
  sequential: [],
  progressive: ['-progressive'],
  'a restart every MCU': ['-restart', '1B'],
  'restarts by rows, progressive': ['-restart', '1', '-progressive'],
}
const samplings = ['1x1', '2x1', '1x2', '2x2', '4x1', '4x2', '1x1,2x2,1x1'] as const

function expectSame(huffman: Uint8Array, arithmetic: Uint8Array): void {
  expect(markersOf(arithmetic).some(marker => marker === 0xc9 || marker === 0xca)).toBe(true)
  for (const divisor of [1, 2, 4, 8]) {
    const [wanted, found] = [decode(huffman, divisor), decode(arithmetic, divisor)]
    expect(found.space).toBe(wanted.space)
    expect(Buffer.compare(found.pixels, wanted.pixels), `1/${divisor}`).toBe(0)
  }
}
const markersOf = (file: Uint8Array) => takeApart(file).segments.map(({ marker }) => marker)

describe.each(Object.entries(codings))('%s', (_, flags) => {
  test.each(samplings)('sampling %s', sampling => {
    for (const quality of ['30', '75', '100']) {
      const huffman = cjpeg('-quality', quality, '-sample', sampling)
      expectSame(huffman, jpegtran(huffman, '-arithmetic', ...flags))
    }
  })

  test('grey', () => {
    const huffman = cjpeg('-grayscale', '-quality', '90')
    expectSame(huffman, jpegtran(huffman, '-arithmetic', ...flags))
  })

  test('four components', () => {
    const { segments, data } = takeApart(cjpeg('-grayscale', '-baseline'))
    const frame = segments.find(({ marker }) => marker === 0xc0)
    const tables = segments.filter(({ marker }) => marker === 0xdb || marker === 0xc4)
    const ids = [1, 2, 3, 4]
    const header = segment(
      0xc1,
      ...(frame?.body.subarray(0, 5) ?? []),
      4,
      ...ids.flatMap(id => [id, 0x11, 0]),
    )
    const scans = ids.flatMap(id => [segment(0xda, 1, id, 0, 0, 63, 0), data])
    const huffman = putTogether(...tables, header, ...scans)
    expect(decode(huffman, 1).space).toBe('cmyk')
    expectSame(huffman, jpegtran(huffman, '-arithmetic', ...flags))
  })
})

test('scans of one component, and bands and bits of every cut', () => {
  const scripts = [
    '0;\n1;\n2;',
    '0 1 2: 0-0, 0, 2;\n0 1 2: 0-0, 2, 1;\n0 1 2: 0-0, 1, 0;\n' +
      [0, 1, 2].map(c => `${c}: 1-7, 0, 3;\n${c}: 8-63, 0, 1;\n${c}: 1-7, 3, 2;`).join('\n') +
      [0, 1, 2].map(c => `\n${c}: 1-7, 2, 1;\n${c}: 1-63, 1, 0;`).join(''),
  ]
  const folder = mkdtempSync(join(tmpdir(), 'sluice-scans-'))
  try {
    for (const [at, script] of scripts.entries()) {
      const list = join(folder, `${at}.txt`)
      writeFileSync(list, script)
      const huffman = cjpeg('-quality', '95')
      expectSame(huffman, jpegtran(huffman, '-arithmetic', '-scans', list))
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('the stored samples are what jpegtran writes', () => {
  for (const [name, file] of makeSamples(makePpm()))
    expect(Buffer.compare(readFileSync(new URL(`arithmetic/${name}.jpg`, import.meta.url)), file), name).toBe(
      0,
    )
})
