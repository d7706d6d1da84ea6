// What every runtime has to do in the same way. Runs unchanged on all of them, on the built packages.
import { defaultRenderer } from '@sluice/codecs'
import {
  decodeJpeg,
  decodePng,
  decodeWebp,
  encodeWebp,
  jsquashRenderer,
  resizePixels,
} from '@sluice/codecs/jsquash'
import { definePolicy, sanitize } from '@sluice/core'
import { bytesHeld } from '@sluice/sandbox'
import { memoryStore } from '@sluice/stores'

const limits = { memoryBytes: 64 * 2 ** 20, fuel: 20e6 }
const decoders = { jpg: decodeJpeg, png: decodePng, webp: decodeWebp }
const ours = defaultRenderer()
const stock = jsquashRenderer()

async function sha256(bytes) {
  const hash = await crypto.subtle.digest('SHA-256', bytes.slice())
  return [...new Uint8Array(hash)].map(byte => byte.toString(16).padStart(2, '0')).join('')
}

/** Alone in the sandbox, with no probe before it. */
async function decode(name, bytes) {
  try {
    const { width, height, pixels, warnings, cost, release } = await decoders[name.split('.').at(-1)](
      bytes,
      limits,
    )
    const made = await encodeWebp(pixels, width, height, { quality: 80, effort: 2 }, limits)
    const small = await resizePixels(pixels, width, height, 16, 16, limits)
    const result = { width, height, warnings, cost, pixels: await sha256(pixels) }
    release()
    return { ...result, webp: await sha256(made.bytes), small: await sha256(small.pixels) }
  } catch (error) {
    return { refused: error.kind ?? `foreign error ${error?.stack}` }
  }
}

/** The whole pipeline. */
export async function upload(name, bytes, renderer, policy = definePolicy()) {
  try {
    const { sha256, width, height, variants } = await sanitize(
      { body: bytes, name },
      { policy, renderer, store: memoryStore() },
    )
    return { sha256, width, height, variants: Object.values(variants).map(each => each.sha256) }
  } catch (error) {
    return { refused: error.code ?? `foreign error ${error?.stack}` }
  }
}

/** Every format in, AVIF out too. */
const wide = definePolicy({
  extensions: ['jpg', 'png', 'gif', 'webp', 'avif', 'heic'],
  variants: { small: { format: 'avif', maxWidth: 64, maxHeight: 64, quality: 60, effort: 0 } },
})

/** @param pictures base64 by name @param codecs of AVIF and HEIC */
export async function exercise(pictures, codecs) {
  const withPacks = defaultRenderer({ codecs })
  const globals = Object.getOwnPropertyNames(globalThis)
  const results = {}
  for (const [name, base64] of Object.entries(pictures)) {
    const bytes = Uint8Array.from(atob(base64), character => character.charCodeAt(0))
    results[name] = {
      decode: Object.hasOwn(decoders, name.split('.').at(-1)) ? await decode(name, bytes) : {},
      upload: await upload(name, bytes, ours),
      stock: await upload(name, bytes, stock),
      withPacks: /avif|heic/.test(name) ? await upload(name, bytes, withPacks, wide) : {},
    }
  }
  const left = Object.getOwnPropertyNames(globalThis).filter(name => !globals.includes(name))
  return { results, left, held: bytesHeld() <= limits.memoryBytes }
}
