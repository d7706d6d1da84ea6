// One contender in a process of its own: answers the messages of contender-process.mjs.
import { readFile } from 'node:fs/promises'
import { performance } from 'node:perf_hooks'
import { peakBytes, residentBytes } from '@sluice/testkit/process-memory'
import { stopCounting, wasmBytes } from './wasm-memory.mjs'

/** @import { Answers, Contender, ContenderModule, Input } from '../types.js' */

const [, , module, options] = process.argv
/** @type {Contender} */
let contender
/** @type {Omit<Input, 'bytes'> & { bytes: Uint8Array }} */
let input
// Results are consumed, so that no engine can leave the work out.
let sink = 0

/**
 * Each command takes of these what it needs.
 * @typedef {{ input: Input, wantBytes?: boolean, seconds: number, parallel: number, forget?: boolean }} Parameters
 */

/**
 * @type {{ [Command in keyof Answers]: (parameters: Parameters) => Promise<Answers[Command] | undefined> }}
 */
const handlers = {
  async open() {
    /** @type {ContenderModule} */
    const { open } = await import(module)
    contender = await open(JSON.parse(options))
    return { version: contender.version }
  },
  async load(next) {
    input = { ...next.input, bytes: new Uint8Array(await readFile(next.input.path)) }
  },
  async run({ wantBytes = false }) {
    globalThis.gc?.()
    const start = performance.now()
    const { bytes, width, height } = await contender.run(input.bytes, input)
    const ms = performance.now() - start
    sink += bytes[bytes.length - 1] ?? 0
    return {
      ms,
      size: bytes.length,
      width,
      height,
      ...(wantBytes ? { base64: Buffer.from(bytes).toString('base64') } : {}),
    }
  },
  async stages() {
    return contender.stages?.(input.bytes, input)
  },
  /** Who takes a stream says how much of it was read; who wants a buffer has been given the whole file. */
  async refuse() {
    const start = performance.now()
    let read = input.bytes.length
    const body = countedBody(input.bytes, length => {
      read = length
    })
    const verdict = await (contender.refuse
      ? contender.refuse(body, input)
      : contender.run(input.bytes, input)
    ).then(
      () => 'accepted',
      error => reasonOf(error),
    )
    return { ms: performance.now() - start, verdict, read }
  },
  async throughput({ seconds, parallel }) {
    stopCounting()
    const start = performance.now()
    const before = process.cpuUsage()
    let images = 0
    const loop = async () => {
      do {
        sink += (await contender.run(input.bytes, input)).bytes.length
        images++
      } while (performance.now() - start < seconds * 1000)
    }
    await Promise.all(Array.from({ length: parallel }, loop))
    const took = (performance.now() - start) / 1000
    const { user, system } = process.cpuUsage(before)
    return { images, seconds: took, processorSeconds: (user + system) / 1e6 }
  },
  /**
   * `peak`: of the process that does the work. `wasm`: linear memories so far, or since they were last forgotten;
   * none once there was a `throughput`.
   */
  async memory({ forget = false }) {
    const peak = contender.pid === undefined ? peakBytes() : residentBytes(contender.pid)?.peak
    return { peak: peak ?? 0, wasm: wasmBytes(forget) }
  },
  async close() {
    await contender?.close?.()
    setImmediate(() => process.exit(0))
    return { sink }
  },
}

/** A code, else the first line of what was thrown; some throw numbers. @param {unknown} thrown */
function reasonOf(thrown) {
  const { code, message } = thrown instanceof Error ? /** @type {NodeJS.ErrnoException} */ (thrown) : {}
  const text = code ?? message ?? `threw ${thrown}`
  return String(text).trim().split('\n')[0].slice(0, 60)
}

/**
 * The file in pieces of 64 kB, as a socket brings it.
 * @param {Uint8Array} bytes @param {(read: number) => void} onRead
 * @returns {ReadableStream<Uint8Array>}
 */
function countedBody(bytes, onRead) {
  let at = 0
  return new ReadableStream(
    {
      pull(controller) {
        if (at >= bytes.length) return controller.close()
        const piece = bytes.slice(at, at + 65_536)
        at += piece.length
        onRead(at)
        controller.enqueue(piece)
      },
    },
    { highWaterMark: 0 },
  )
}

/**
 * What contender-process.mjs sends.
 * @typedef {{ id: number, command: keyof Answers } & Parameters} Message
 */

/** @param {Message} message */
async function answer({ id, command, ...rest }) {
  try {
    process.send?.({ id, value: await handlers[command](rest) })
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
    process.send?.({ id, error: text.slice(0, 2000) })
  }
}
process.on('message', message => answer(/** @type {Message} */ (message)))
