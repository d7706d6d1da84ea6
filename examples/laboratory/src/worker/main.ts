/*
 * What runs in the worker: the pipeline as a server runs it, with a store that keeps nothing. A worker can be ended, and
 * no byte of a stranger's file is parsed where the page is.
 */
// First: the modules come with the code, and renderers look for them as they are made.
import '@sluice/codecs/inline'

import { decodePrice, kernelRenderer } from '@sluice/codecs'
import {
  definePolicy,
  errorTable,
  type Policy,
  type Probed,
  type StageResult,
  type Store,
  sanitize,
  UploadError,
  type Verified,
} from '@sluice/core'
import { inspectBytes } from '@sluice/core/inspect'
import type { Job, News, Refused } from '../report.js'
import { similarityOf } from './similarity.js'

const renderer = kernelRenderer()

const nowhere: Store = {
  commit: async () => {},
  get: async () => undefined,
  delete: async () => {},
  async *list() {},
}

self.onmessage = ({ data }: MessageEvent<Job>) => void work(data)

async function work({ id, name, bytes, settings }: Job): Promise<void> {
  const tell = (news: News) => self.postMessage({ id, ...news })
  const policy = definePolicy(settings)
  tell({ kind: 'inspected', ...inspect(bytes, policy) })

  let source: Probed | undefined
  let verified: Verified | undefined
  let last = performance.now()
  const onStage = (done: StageResult) => {
    const now = performance.now()
    tell({ kind: 'passed', stage: done.stage, ms: now - last })
    last = now
    if (done.stage === 'sniff') tell({ kind: 'sniffed', format: done.result.format })
    if (done.stage === 'probe') source = done.result
    if (done.stage === 'render') tell({ kind: 'drawn', costs: done.result.costs ?? [] })
    if (done.stage === 'verify') verified = done.result
  }
  try {
    await sanitize({ body: bytes, name }, { policy, renderer, store: nowhere, onStage })
  } catch (thrown) {
    return tell({ kind: 'refused', refused: refusalOf(thrown), ms: performance.now() - last })
  }
  const [main] = verified?.renditions ?? []
  if (!main || !source || !verified) return
  const made = { ...main, bytes: new Uint8Array(main.bytes) }
  tell({ kind: 'accepted', made, notes: verified.notes })
  tell({ kind: 'compared', ssim: await similarityOf(source, made.bytes, policy) })
}

function inspect(bytes: Uint8Array, { headroom }: Policy) {
  const inspected = inspectBytes(bytes)
  const { header } = inspected
  const fuel = header && decodePrice({ format: header.format, bytes, header })
  return { inspected, price: fuel === undefined ? undefined : { fuel, limit: Math.ceil(fuel * headroom) } }
}

function refusalOf(thrown: unknown): Refused {
  const { code, status, stage = 'render', message, detail } = UploadError.from(thrown, 'internal')
  return { code, status, stage, message, detail, fixer: errorTable[code].fixer }
}
