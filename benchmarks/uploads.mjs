// Ten hostile and ten awkward files through an upload handler of multer and sharp, and through ours: verdict, processor time, memory.
//
//   node scripts/measure.mjs uploads.mjs      writes benchmarks/results/uploads.json
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { filesToSend } from './uploads/files.mjs'

/** @import { Sent } from './uploads/files.mjs' */

const patienceMs = 120_000

/**
 * Posts one file to a fresh server, which is told to be a handler by name, after a small photo has warmed it.
 * @param {'multer' | 'sluice'} handler @param {Sent} sent @param {Sent} warmer
 */
async function send(handler, sent, warmer) {
  const child = fork(new URL('uploads/server.mjs', import.meta.url), [handler])
  try {
    const [{ name, port }] = await once(child, 'message')
    await post(port, warmer)
    const before = await costsOf(child)
    const ended = once(child, 'exit').then(([code, signal]) =>
      broken(`the process ended (${signal ?? code})`),
    )
    const answer = await Promise.race([post(port, sent).catch(broken), ended])
    if (!child.connected) return { name, ...answer, cpuMs: Number.NaN, mib: Number.NaN }
    const after = await costsOf(child)
    const cpuMs = Math.round(after.cpuMs - before.cpuMs)
    return { name, ...answer, cpuMs, mib: Math.round(after.peak / 2 ** 20) }
  } finally {
    child.kill('SIGKILL')
  }
}

/** @param {unknown} thrown */
const broken = thrown => ({ status: 0, message: String(thrown) })

/**
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<{ peak: number, cpuMs: number }>}
 */
async function costsOf(child) {
  child.send('costs')
  const [costs] = await once(child, 'message')
  return costs
}

/** As a form of a browser. @param {number} port @param {Sent} sent */
async function post(port, { name, type, bytes }) {
  const body = new FormData()
  body.append('image', new Blob([/** @type {Uint8Array<ArrayBuffer>} */ (bytes)], { type }), name)
  const origin = `http://127.0.0.1:${port}`
  const signal = AbortSignal.timeout(patienceMs)
  const answer = await fetch(`${origin}/images`, { method: 'POST', body, headers: { origin }, signal })
  const { format, width, height, frames, code, message, title, detail } = await answer.json()
  const { status } = answer
  return status === 201
    ? { status, format, width, height, frames }
    : { status, message: [code, message ?? detail ?? title].filter(Boolean).join(': ') }
}

/**
 * Whether it came to what a person wants, at a price that a server can pay: at most 2 seconds of processor time and 512 MiB.
 * @param {Sent['wanted']} wanted @param {Awaited<ReturnType<typeof send>>} got
 */
function isRight(wanted, got) {
  if (!(got.cpuMs <= 2000 && got.mib <= 512)) return false
  if (wanted === 'refused') return got.status >= 400 && got.status < 500
  if (!('width' in got)) return false
  return got.width === wanted.width && got.height === wanted.height && got.frames === (wanted.frames ?? 1)
}

const files = await filesToSend()
const warmer = files.find(({ file }) => file === 'fixtures/png/rgb-16-bit.png')
if (!warmer) throw new Error('the file that warms both is not among them')
const rows = []
for (const sent of files) {
  const { kind, file, what, wanted, bytes } = sent
  /** @type {Record<string, unknown>} */
  const row = { kind, file, what, bytes: bytes.length, wanted }
  for (const handler of /** @type {const} */ (['multer', 'sluice'])) {
    const got = await send(handler, sent, warmer)
    row[handler] = { ...got, right: isRight(wanted, got) }
    console.log(`${file.padEnd(50)} ${handler.padEnd(7)} ${JSON.stringify(row[handler])}`)
  }
  rows.push(row)
}
const [cpu] = cpus()
const machine = { cpu: cpu?.model ?? '', cores: cpus().length, node: process.version }
const result = { date: new Date().toISOString(), machine, patienceMs, rows }
await writeFile(new URL('results/uploads.json', import.meta.url), `${JSON.stringify(result, null, 1)}\n`)
