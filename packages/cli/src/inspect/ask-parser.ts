import { Worker } from 'node:worker_threads'

/** What a foreign parser may take, from when it has the bytes; and to load its code, in milliseconds. */
const parseMs = 1000
const loadMs = 30_000
/** Heap of its thread, in MiB. Buffers are not in it: what asks for those is switched off. */
const heapMb = 64

export interface Answer {
  /** What the parser found, as short texts by name; empty where it found nothing. */
  readonly found: Readonly<Record<string, string>>
  /** Why there is no answer. */
  readonly problem?: string
}

type Message =
  | { readonly ready: true }
  | { readonly found: Record<string, string> }
  | { readonly problem: string }

/**
 * Asks a parser that others wrote what it makes of a file. Some files make such parsers loop for ever or take
 * gigabytes, so it has a thread with a small heap, which is ended after a second. Never rejects.
 */
export function askParser(parser: 'file-type' | 'exifr', bytes: Uint8Array): Promise<Answer> {
  const worker = new Worker(new URL('./parser-worker.mjs', import.meta.url), {
    workerData: parser,
    resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: 8 },
    env: {},
    execArgv: [],
    stdout: true,
    stderr: true,
  })
  return new Promise<Answer>(resolve => {
    const fail = (problem: string) => resolve({ found: {}, problem })
    let timer = setTimeout(() => fail('could not be loaded'), loadMs)
    worker.on('message', (message: Message) => {
      clearTimeout(timer)
      if ('ready' in message) {
        timer = setTimeout(() => fail(`had no answer after ${parseMs} ms and was ended`), parseMs)
        worker.postMessage(bytes)
      } else if ('problem' in message) fail(`could not read it: ${message.problem}`)
      else resolve({ found: message.found })
    })
    worker.once('error', error =>
      fail(
        'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
          ? `wanted more than ${heapMb} MiB and was ended`
          : `broke: ${error.message.slice(0, 200)}`,
      ),
    )
    worker.once('exit', () => {
      clearTimeout(timer)
      fail('ended without an answer')
    })
  }).finally(() => worker.terminate())
}
