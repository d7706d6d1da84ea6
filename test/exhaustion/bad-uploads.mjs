// Ten thousand bad uploads into one process, then good ones. Run with --expose-gc on the built packages; prints one line of JSON.
import { readFile } from 'node:fs/promises'
import { kernelRenderer } from '@sluice/codecs'
import { jsquashRenderer } from '@sluice/codecs/jsquash'
import { definePolicy, sanitize } from '@sluice/core'
import { memoryStore } from '@sluice/stores'

const [, , rendererName, mode, total] = process.argv
const fixture = path =>
  readFile(new URL(`../../fixtures/files/${path}`, import.meta.url)).then(bytes => new Uint8Array(bytes))
const renderers = { jsquashRenderer, kernelRenderer }
const renderer = renderers[rendererName]()
const policy = definePolicy()
const jpeg = await fixture('photos/grey.jpg')
const png = await fixture('png/palette.png')

/** What the probe would say of a file that it never saw: the decoders are tried by themselves. */
const header = (format, width, height) => ({
  format,
  width,
  height,
  orientation: 1,
  frames: 1,
  durationMs: 0,
  plays: 1,
  totalPixels: width * height,
  bitDepth: 8,
  colour: 'rgb',
  alpha: false,
  interlaced: false,
  scans: 1,
  metadataBytes: 0,
  iccBytes: 0,
  icc: [],
  exifBytes: 0,
  trailingBytes: 0,
  repairs: [],
})
const plan = {
  outputs: [{ name: 'main', format: 'webp', width: 64, height: 48, animated: false, quality: 82, effort: 0 }],
  placeholder: 'none',
  budget: { timeMs: 10_000, headroom: 3, memoryMb: 512 },
}

const noise = seed => Uint8Array.from({ length: 16 }, (_, index) => (seed * 31 + index * 97) & 255)
const bomb = await fixture('bad/bomb-10000x10000.png')
const bad = [
  index => ({ format: 'jpeg', bytes: noise(index), size: [400, 300] }),
  index => ({
    format: 'jpeg',
    bytes: jpeg.subarray(0, 200 + ((index * 37) % (jpeg.length - 400))),
    size: [400, 300],
  }),
  index => ({
    format: 'png',
    bytes: png.subarray(0, 60 + ((index * 37) % (png.length - 100))),
    size: [400, 300],
  }),
  () => ({ format: 'png', bytes: bomb, size: [10_000, 10_000] }),
]

/** Where the probe is left out, a 10000x10000 header costs the decoder 400 MB each time: every fiftieth is enough of them. */
const pick = index => (mode === 'pipeline' ? bad[index % 4] : index % 50 === 0 ? bad[3] : bad[index % 3])

async function upload({ format, bytes, size }) {
  if (mode === 'pipeline')
    return sanitize(
      { body: bytes, name: `a.${format === 'jpeg' ? 'jpg' : format}` },
      { policy, renderer, store: memoryStore() },
    )
  return renderer.render(
    { bytes, format, name: '', extension: format, notes: [], header: header(format, ...size) },
    plan,
  )
}

async function collected() {
  for (let turn = 0; turn < 4; turn++) {
    globalThis.gc()
    await new Promise(resolve => setTimeout(resolve, 50))
  }
  const { rss, external, arrayBuffers } = process.memoryUsage()
  return { rss, external, arrayBuffers }
}

const codes = {}
let accepted = 0
let after100
for (let index = 0; index < Number(total); index++) {
  try {
    await upload(pick(index)(index))
    accepted++
  } catch (error) {
    const code = error.name === 'UploadError' ? error.code : `not an UploadError: ${error}`
    codes[code] = (codes[code] ?? 0) + 1
  }
  if (index === 99) after100 = await collected()
}
const atEnd = await collected()
let good = 0
for (const [name, bytes] of [
  ['a.jpg', jpeg],
  ['a.png', png],
]) {
  const stored = await sanitize({ body: bytes, name }, { policy, renderer, store: memoryStore() })
  if (stored.width > 0 && stored.bytes > 0) good++
}
console.log(JSON.stringify({ codes, accepted, good, after100, atEnd }))
