// Draws one picture in a pool that nobody closes, with codecs of codecs: the process must end by itself. Node,
// Deno, Bun.
import { readFileSync } from 'node:fs'
import { workerPool } from '@sluice/codecs'
import { avif } from '@sluice/codecs/avif'
import { heic } from '@sluice/codecs/heic'
import { definePolicy, sanitize } from '@sluice/core'
import { memoryStore } from '@sluice/stores'

const body = new Uint8Array(readFileSync(new URL('../../fixtures/files/photos/grey.jpg', import.meta.url)))
const renderer = workerPool({ codecs: [avif(), heic()] })
const policy = definePolicy({ variants: { small: { maxWidth: 80, format: 'avif', quality: 60 } } })
const stored = await sanitize({ body, name: 'grey.jpg' }, { policy, renderer, store: memoryStore() })
console.log(JSON.stringify({ reads: renderer.reads, formats: [stored.format, stored.variants.small.format] }))
