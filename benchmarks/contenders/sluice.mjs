import { createRequire } from 'node:module'
import * as codecs from '@sluice/codecs'
import { definePolicy, sanitize } from '@sluice/core'
import { memoryStore } from '@sluice/stores'

const { version } = createRequire(import.meta.url)('@sluice/codecs/package.json')

const makers = {
  default: () => codecs.defaultRenderer(),
  'kernel-libwebp': () => codecs.kernelRenderer({ encoder: codecs.libwebp() }),
  jsquash: () => codecs.jsquashRenderer(),
}

/** The whole road, with everything that it checks and a store that keeps the bytes: nothing is left out for speed. */
export async function open({ renderer = 'default' } = {}) {
  const policy = definePolicy({ maxBytes: '1 GiB', timeMs: 600_000, memoryMb: 4096 })
  const kit = { policy, renderer: await makers[renderer]() }
  return {
    version,
    async run(bytes) {
      const store = memoryStore()
      const stored = await sanitize({ body: bytes }, { ...kit, store })
      return { bytes: await store.get(stored.key), width: stored.width, height: stored.height }
    },
    async stages(bytes) {
      let event
      await sanitize(
        { body: bytes },
        {
          ...kit,
          store: memoryStore(),
          onEvent: value => {
            event = value
          },
        },
      )
      return event.ms
    },
  }
}
