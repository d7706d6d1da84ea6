// Thousands of mixed uploads into one process. Run with --expose-gc on the built packages: uploads.mjs <how many>; prints one
// line of JSON with what was held after each thousand, in bytes, after a forced collection.
import { readFileSync } from 'node:fs'
import { defaultRenderer } from '@sluice/codecs'
import { definePolicy, sanitize, UploadError } from '@sluice/core'
import { bytesHeld } from '@sluice/sandbox'
import { memoryStore } from '@sluice/stores'

const total = Number(process.argv[2])
const every = 1000
const renderer = defaultRenderer()
/** Small outputs, quickly encoded: it is about what stays, not about what it takes. */
const policy = definePolicy({ output: { maxWidth: 96, maxHeight: 96, effort: 0 }, animationEffort: 0 })

const fixture = name => {
  const bytes = new Uint8Array(readFileSync(new URL(`../../fixtures/files/${name}`, import.meta.url)))
  return { name, bytes }
}
const good = [
  'odd/one-pixel.png',
  'png/palette.png',
  'png/grey-alpha.png',
  'png/rgb-16-bit.png',
  'orientation/exif-6.jpg',
  'odd/polyglot.jpg',
  'webp/lossless-alpha.webp',
  'gif/transparent.gif',
  'gif/animated.gif',
  'photos/grey.jpg',
  'webp/lossy.webp',
].map(fixture)
const bad = [
  'bad/bomb-10000x10000.png',
  'bad/bomb-101-scans.jpg',
  'bad/cut.png',
  'bad/wrong-crc.png',
  'bad/document.jpg',
  'bad/jpeg-inside.png',
  'bad/photo.jpg.php',
].map(fixture)
const sources = [...good, ...bad]

/** Every second one is as it is; the others are changed in a byte or cut, so that decoders fail half way. */
function upload(index) {
  const { name, bytes } = sources[index % sources.length]
  const turn = Math.floor(index / sources.length)
  if (turn % 2 === 0) return { name, body: bytes }
  const at = (turn * 7919) % bytes.length
  if (turn % 4 === 1) return { name, body: bytes.subarray(0, Math.max(1, at)) }
  const changed = bytes.slice()
  changed[at] ^= 0x55
  return { name, body: changed }
}

async function held() {
  for (let turn = 0; turn < 4; turn++) {
    globalThis.gc()
    await new Promise(resolve => setTimeout(resolve, 20))
  }
  const { rss, heapUsed, external } = process.memoryUsage()
  return { rss, heapUsed, external, wasm: bytesHeld() }
}

const after = []
const outcomes = { accepted: 0, refused: 0, faults: [] }
for (let index = 0; index < total; index++) {
  try {
    await sanitize(upload(index), { policy, renderer, store: memoryStore() })
    outcomes.accepted++
  } catch (thrown) {
    if (thrown instanceof UploadError && thrown.status < 500) outcomes.refused++
    else outcomes.faults.push(`${index}: ${thrown}`)
  }
  if ((index + 1) % every === 0) after.push(await held())
}
console.log(JSON.stringify({ ...outcomes, after }))
