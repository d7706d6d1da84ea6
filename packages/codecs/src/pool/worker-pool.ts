import { countHeld, type Holding, zeros } from '@sluice/sandbox'
import { findRenderWorker, machine, tidy } from '#threads'
import type { CodecPack } from '../codec-pack.js'
import { defaultRenderer } from '../renderers/default.js'
import { checkNames } from './check-options.js'
import { bodyBytesOf, memoryShares } from './memory-shares.js'
import type { Setup } from './messages.js'
import { type WorkerPool, type WorkersOptions, workers } from './workers.js'

export interface WorkerPoolOptions extends Partial<WorkersOptions> {
  /** Codecs of further formats: `avif()`, `heic()`. */
  readonly codecs?: readonly CodecPack[]
}

/**
 * The default renderer in workers, for Node, Deno, Bun and browsers; one pool for all handlers of a process.
 * The workers are started with the first images and do not keep a process alive.
 *
 * @param options `size`: by cores and by the memory that the machine or its cgroup has, at most 4;
 * `memoryMb`: what that memory leaves for images (decisions/165); `maxQueue`: 50
 * @throws Error at once where workers cannot be: the runtime has no threads or no SIMD, a file that
 * they need is missing, a codec pack cannot be made in a worker; TypeError for an option that is none or makes no sense
 * @example
 * imageUpload({ store: './uploads', authorize, renderer: workerPool({ codecs: [avif(), heic()] }) })
 */
export function workerPool({ codecs = [], ...options }: WorkerPoolOptions = {}): WorkerPool {
  checkNames('workerPool', options, ['codecs'])
  const startWorker = findRenderWorker(codecs.length > 0)
  // What is asked of it here fails at start, not with the first image.
  const { codecVersion, reads, writes } = defaultRenderer({ codecs })
  const setup: Setup = { codecs: codecs.map(portable) }
  const start = () => {
    const worker = startWorker()
    worker.postMessage(setup, [])
    return worker
  }
  const { size, memoryMb } = memoryShares(machine())
  return workers(start, { size, memoryMb, maxQueue: 50, codecVersion, reads, writes, ...options })
}

/**
 * What bodies of requests may take of the memory that this process has: of the machine, of its cgroup (v1 and v2) or of
 * the isolate. In bytes.
 */
export const bodyShare = (): number => bodyBytesOf(machine().memoryBytes)

/** For whoever takes bodies on a thread: what is held of them is no garbage. @param bodies their sum, at any time */
export const countBodies = (bodies: Holding): void => void countHeld(bodies)

/** A buffer for a body; those that were dropped before are collected first, where it is time. */
export function bodyBuffer(bytes: number): Uint8Array<ArrayBuffer> {
  tidy()
  return zeros(bytes)
}

/**
 * To be called on a thread that takes bodies, now and then: what was dropped of them is given back before it is more than
 * the thread's share of the memory.
 */
export const tidyThread = (): void => tidy()

function portable({ module, decoders = [], encoders = [], resizer }: CodecPack): Setup['codecs'][number] {
  if (module) return { ...module, url: module.url().href }
  const names = [
    ...[...decoders, ...encoders].map(({ format }) => format.toUpperCase()),
    ...(resizer ? ['resizing'] : []),
  ]
  throw new TypeError(
    `workerPool: the codec pack for ${names.join(', ')} has no \`module\`, so that a worker cannot load it: ` +
      'use workers() and serveRenderer()',
  )
}
