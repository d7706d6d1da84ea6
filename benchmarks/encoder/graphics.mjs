// Screenshots and graphics: every PNG, GIF and WebP of the corpus that is accepted, through the whole pipeline twice, with
// this library's encoder and with libwebp, at the default settings. Where the two differ: bytes, and how far the
// pixels are from those that were encoded. Pictures that classify() calls photographs are counted apart.
//
//   node encoder/graphics.mjs        # writes results/graphics.json; 5 minutes
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { kernelRenderer, libwebp } from '@sluice/codecs'
import { definePolicy, sanitize, UploadError } from '@sluice/core'
import { classify } from '@sluice/encoder'
import { memoryStore } from '@sluice/stores'
import { bytesOf, cases, isAccepted } from '@sluice/testkit/corpus'
import { decodeWebp } from './libwebp.mjs'
import { mean } from './measure.mjs'
import { compare } from './metrics/metrics.mjs'

const policy = definePolicy({ animated: 'first-frame', timeMs: 600_000, memoryMb: 2048 })

/** @typedef {Parameters<import('../types.js').StillEncoder>[0]} Drawn */

/** What came to the encoder last; nothing where lossless was enough. @type {{ drawn?: Drawn | undefined }} */
const watch = {}
function forget() {
  watch.drawn = undefined
}
/** @type {import('../types.js').StillEncoder} */
const watched = (picture, options) => {
  watch.drawn = { ...picture, pixels: picture.pixels.slice() }
  return libwebp()(picture, options)
}

/** @param {Uint8Array} body @param {import('@sluice/core').Renderer} renderer */
async function draw(body, renderer) {
  const store = memoryStore()
  const stored = await sanitize({ body }, { policy, renderer, store })
  const made = await store.get(stored.key)
  if (!made) throw new Error('nothing was stored')
  return made
}

/**
 * Over the colour that browsers show behind pictures: what is invisible does not count.
 * @param {Uint8Array} rgba
 */
function onWhite(rgba) {
  const opaque = new Uint8Array(rgba.length)
  for (let i = 0; i < rgba.length; i++) {
    const alpha = rgba[i | 3]
    opaque[i] = (i & 3) === 3 ? 255 : Math.round((rgba[i] * alpha + 255 * (255 - alpha)) / 255)
  }
  return opaque
}

/** @param {Drawn} drawn @param {Uint8Array} bytes */
async function distance(drawn, bytes) {
  const { width, height } = drawn
  const { rgba } = await decodeWebp(bytes)
  const { rgb, ssim } = compare(onWhite(drawn.pixels), onWhite(rgba), width, height)
  return {
    bytes: bytes.length,
    rgb,
    ssim,
    lossless: String.fromCharCode(...bytes.subarray(12, 16)) === 'VP8L',
  }
}

const [ours, theirs] = [kernelRenderer(), kernelRenderer({ encoder: watched })]
const seen = new Set()
const refused = []
/** @typedef {Awaited<ReturnType<typeof distance>>} Distance */
/** @type {{ name: string, size: number[], content: string, ours: Distance, libwebp: Distance }[]} */
const differing = []
let same = 0
for (const { file } of cases.filter(isAccepted)) {
  if (!/\.(png|gif|webp)$/i.test(file)) continue
  try {
    const body = bytesOf({ file })
    forget()
    const reference = await draw(body, theirs)
    const { drawn } = watch
    const key = createHash('sha256')
      .update(drawn?.pixels ?? reference)
      .digest('hex')
    if (seen.has(key)) continue
    seen.add(key)
    const own = await draw(body, ours)
    if (Buffer.compare(own, reference) === 0) same++
    else if (drawn)
      differing.push({
        name: file,
        size: [drawn.width, drawn.height],
        content: classify(drawn.pixels, drawn.width, drawn.height),
        ours: await distance(drawn, own),
        libwebp: await distance(drawn, reference),
      })
  } catch (error) {
    refused.push({ file, code: error instanceof UploadError ? error.code : String(error) })
  }
}

/** @param {readonly number[]} values */
const sum = values => values.reduce((a, b) => a + b, 0)
const summary = Object.fromEntries(
  ['graphic', 'photograph'].map(content => {
    const rows = differing.filter(d => d.content === content)
    const ratios = rows.map(d => d.ours.bytes / d.libwebp.bytes)
    return [
      content,
      {
        count: rows.length,
        bytes: sum(rows.map(d => d.ours.bytes)) / sum(rows.map(d => d.libwebp.bytes)),
        meanRatio: mean(ratios),
        larger: ratios.filter(r => r > 1).length,
        rgb: mean(rows.map(d => d.ours.rgb - d.libwebp.rgb)),
        ssim: mean(rows.map(d => d.ours.ssim - d.libwebp.ssim)),
      },
    ]
  }),
)
const result = { pictures: seen.size, same, refused, summary, differing }
writeFileSync(new URL('../results/graphics.json', import.meta.url), `${JSON.stringify(result, null, 1)}\n`)
console.log({ pictures: seen.size, same, refused: refused.length })
console.log(summary)
