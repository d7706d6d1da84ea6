import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { prepareFiles } from './files.mjs'

/**
 * A file that takes longer, in milliseconds, hangs: its process is ended. No file takes three seconds of the
 * processor; the rest is for a machine that has much else to do.
 */
export const hangMs = 60_000

/** The ways that takes.mjs knows. */
export const ways = /** @type {const} */ (['pipeline', 'raised', 'liar', 'starved'])

/**
 * Takes every hostile file in every way.
 * @param {readonly (typeof ways)[number][]} modes
 * @param {(result: object) => void} onResult called for each, in order
 * @param {'kernel' | 'jsquash'} [renderer]
 */
export async function run(modes, onResult, renderer = 'kernel') {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-hostile-'))
  try {
    const files = await prepareFiles(folder)
    const list = join(folder, 'list.json')
    writeFileSync(list, JSON.stringify(files))
    for (const mode of modes)
      for (let first = 0; first < files.length; ) {
        // Each of the made ones has a process of its own, so that its memory is nobody else's.
        const count = files[first].made ? 1 : files.length - first
        first = await measureFrom([list, mode, renderer], first, count, result => {
          const { code, made, file } = files[first++]
          onResult({ ...result, mode, made, ...(made ? { expected: code ?? 'accepted' } : { file }) })
        })
      }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Runs one process until it is done, hangs or breaks. @returns where to go on */
async function measureFrom(what, first, count, onResult) {
  const script = fileURLToPath(new URL('./measure.mjs', import.meta.url))
  const args = ['--expose-gc', script, ...what, String(first), String(count)]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  let next = first
  let trying = ''
  let timer
  const end = new Promise(resolve => child.once('close', resolve))
  for await (const line of createInterface({ input: child.stdout })) {
    clearTimeout(timer)
    timer = setTimeout(() => child.kill('SIGKILL'), hangMs)
    const result = JSON.parse(line)
    trying = result.trying ?? ''
    if (trying) continue
    next++
    onResult(result)
  }
  clearTimeout(timer)
  const status = await end
  if (status === 0) return next
  onResult({
    name: trying,
    ok: false,
    verdict: child.signalCode === 'SIGKILL' ? 'hang' : `broke with ${status}`,
  })
  return next + 1
}
