// One contender in a process of its own: answers the messages of contender-process.mjs.
import { readFile } from 'node:fs/promises'
import { performance } from 'node:perf_hooks'
import { wasmBytes } from './wasm-memory.mjs'

const [, , module, options] = process.argv
let contender
let input
// Results are consumed, so that no engine can leave the work out.
let sink = 0

const handlers = {
  async open() {
    contender = await (await import(module)).open(JSON.parse(options))
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
    const start = performance.now()
    let images = 0
    const loop = async () => {
      do {
        sink += (await contender.run(input.bytes, input)).bytes.length
        images++
      } while (performance.now() - start < seconds * 1000)
    }
    await Promise.all(Array.from({ length: parallel }, loop))
    return { images, seconds: (performance.now() - start) / 1000 }
  },
  /** `peak`: of the process that does the work. `wasm`: linear memories so far, or since they were last forgotten. */
  async memory({ forget = false }) {
    return { peak: await peakOf(contender.pid ?? 'self'), wasm: wasmBytes(forget) }
  },
  async close() {
    await contender?.close?.()
    setImmediate(() => process.exit(0))
    return { sink }
  },
}

/** A code, else the first line of what was thrown; some throw numbers. */
function reasonOf(thrown) {
  const text = thrown?.code ?? thrown?.message ?? `threw ${thrown}`
  return String(text).trim().split('\n')[0].slice(0, 60)
}

/** The file in pieces of 64 kB, as a socket brings it. */
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
 * High-water mark of a process in bytes. From /proc where that is (Linux): what the system call says of a child begins with
 * the memory of its parent there.
 */
async function peakOf(pid) {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => undefined)
  if (status) return Number(/VmHWM:\s+(\d+)/.exec(status)[1]) * 1024
  return pid === 'self' ? process.resourceUsage().maxRSS * 1024 : 0
}

process.on('message', async ({ id, command, ...rest }) => {
  try {
    process.send({ id, value: await handlers[command](rest) })
  } catch (error) {
    process.send({ id, error: String(error?.stack ?? error).slice(0, 2000) })
  }
})
