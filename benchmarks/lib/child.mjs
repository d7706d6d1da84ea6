// One contender in a process of its own: answers the messages of contender-process.mjs.
import { readFile } from 'node:fs/promises'
import { performance } from 'node:perf_hooks'

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
    return contender.stages?.(input.bytes)
  },
  async refuse() {
    const start = performance.now()
    const verdict = await contender.run(input.bytes, input).then(
      () => 'accepted',
      error => String(error?.code ?? error?.message ?? error).slice(0, 60),
    )
    return { ms: performance.now() - start, verdict }
  },
  async throughput({ seconds, parallel }) {
    const start = performance.now()
    let images = 0
    const loop = async () => {
      while (performance.now() - start < seconds * 1000) {
        sink += (await contender.run(input.bytes, input)).bytes.length
        images++
      }
    }
    await Promise.all(Array.from({ length: parallel }, loop))
    return { images, seconds: (performance.now() - start) / 1000 }
  },
  async memory() {
    const own = process.resourceUsage().maxRSS * 1024
    return {
      peak: own + (contender.pid ? await peakOf(contender.pid) : 0),
    }
  },
  async close() {
    await contender?.close?.()
    setImmediate(() => process.exit(0))
    return { sink }
  },
}

/** High-water mark of another process (Linux), in bytes. */
async function peakOf(pid) {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) * 1024
}

process.on('message', async ({ id, command, ...rest }) => {
  try {
    process.send({ id, value: await handlers[command](rest) })
  } catch (error) {
    process.send({ id, error: String(error?.stack ?? error).slice(0, 2000) })
  }
})
