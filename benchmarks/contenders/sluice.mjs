import { createRequire } from 'node:module'
import * as codecs from '@sluice/codecs'
import { jsquashRenderer, libwebp } from '@sluice/codecs/jsquash'
import { definePolicy, sanitize } from '@sluice/core'
import { memoryStore } from '@sluice/stores'
import { timedEncoder } from './timed-encoder.mjs'

/** @import { Contender, StillEncoder } from '../types.js' */

/**
 * @typedef {import('@sluice/core').Renderer & { close?(): Promise<void> }} Renderer
 * @typedef {(inner: StillEncoder) => StillEncoder} Watch
 * @typedef {{ plain(): Renderer, timed?(watch: Watch): Renderer }} Maker
 */

const { version } = createRequire(import.meta.url)('@sluice/codecs/package.json')

// For the rounds that ask for stages, the encoder is told apart from the rest of the renderer where that can be had.
/**
 * @type {Record<string, Maker>}
 */
const makers = {
  default: {
    plain: () => codecs.defaultRenderer(),
    timed: encoder => codecs.kernelRenderer({ encoder: encoder(codecs.ownWebp()) }),
  },
  pool: { plain: () => codecs.workerPool() },
  'kernel-libwebp': {
    plain: () => codecs.kernelRenderer({ encoder: libwebp() }),
    timed: encoder => codecs.kernelRenderer({ encoder: encoder(libwebp()) }),
  },
  jsquash: { plain: () => jsquashRenderer() },
}

/**
 * The whole pipeline, with everything that it checks and a store that keeps the bytes: nothing is left out for speed.
 * @param {{ renderer?: string, policy?: 'wide' | 'default' }} options
 * @returns {Promise<Contender>}
 */
export async function open({ renderer: name = 'default', policy = 'wide' } = {}) {
  const maker = makers[name]
  if (!maker) throw new Error(`no renderer is called ${name}`)
  const { plain, timed = plain } = maker
  const renderer = await plain()
  // Only the limits on size are lifted, as sharp's limitInputPixels is: the inputs go up to 64 megapixels.
  const wide = { policy: definePolicy({ maxBytes: '1 GiB', timeMs: 600_000, memoryMb: 4096 }), renderer }
  const narrow = { policy: definePolicy(), renderer }
  const used = policy === 'default' ? narrow : wide
  const clock = timedEncoder()
  /** @type {typeof wide | undefined} */
  let staged
  return {
    version,
    async run(bytes) {
      const store = memoryStore()
      const stored = await sanitize({ body: bytes }, { ...used, store })
      const made = await store.get(stored.key)
      if (!made) throw new Error('nothing was stored')
      return { bytes: made, width: stored.width, height: stored.height }
    },
    refuse: (body, { name }) => sanitize({ body, name }, { ...narrow, store: memoryStore() }),
    async stages(bytes, { kind }) {
      staged ??= { ...wide, renderer: await timed(clock.encoder) }
      /** @type {import('@sluice/core').UploadEvent | undefined} */
      let event
      /** @param {import('@sluice/core').UploadEvent} value */
      const onEvent = value => {
        event = value
      }
      clock.start()
      await sanitize({ body: bytes }, { ...staged, store: memoryStore(), onEvent })
      const ms = event?.ms
      if (!ms) throw new Error('no event told the stages')
      // Of drawings the lossless trial is made outside of the encoder that is timed.
      return kind === 'photo' ? clock.split(ms) : ms
    },
    close: () => renderer.close?.(),
  }
}
