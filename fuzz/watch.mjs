import { Worker } from 'node:worker_threads'

/** An input that takes longer than this, in milliseconds, is a finding; the thread is ended. */
const hangMs = 20_000
/** Milliseconds between two looks at the memory, each of which collects garbage twice. */
const lookEveryMs = 20_000
/** Inputs are cut to this: larger ones are slow, and two hundred are held at a time. */
const maxInputBytes = 2 ** 20

/**
 * Tries a target in a thread of its own until the time is up. The thread is started again after a hang, with the
 * inputs that it had kept.
 * @typedef {{ kind: 'fault' | 'hang' | 'growth' | 'crash', detail: string, input: Uint8Array }} Finding
 * @param {URL} target a module: see targets/headers.mjs for what it exports
 * @param {object} options
 * @param {number} options.seconds
 * @param {number} options.seed
 * @param {number} [options.hang] in milliseconds
 * @param {number} [options.lookEvery] in milliseconds: how often the memory is looked at, between batches
 * @param {readonly Uint8Array[]} [options.before] inputs that earlier runs have kept
 * @param {(input: Uint8Array) => void} [options.onKept]
 * @param {(finding: Finding, index: number) => void} options.onFinding
 */
export async function fuzz(target, options) {
  const { seconds, seed, hang = hangMs, lookEvery = lookEveryMs, before = [], onKept, onFinding } = options
  const start = Date.now()
  const end = start + seconds * 1000
  const sum = { executions: 0, kept: 0, findings: 0, seconds: 0, cpuSeconds: 0 }
  const cpu = process.cpuUsage()
  /** Inputs that came by something new. @type {Uint8Array[]} */
  const kept = [...before]
  /** @param {Finding} finding */
  const report = finding => onFinding(finding, ++sum.findings)
  for (let round = 0; Date.now() < end; round++) {
    const shared = { clock: new SharedArrayBuffer(24), input: new SharedArrayBuffer(maxInputBytes) }
    const clock = new Float64Array(shared.clock)
    const current = () => new Uint8Array(shared.input).slice(0, clock[1])
    const worker = new Worker(new URL('./worker.mjs', import.meta.url), {
      workerData: { target: target.href, seed: seed + round * 1_000_000, end, lookEvery, kept, shared },
    })
    await new Promise(resolve => {
      const timer = setInterval(() => {
        if (!clock[0] || Date.now() - clock[0] < hang) return
        report({ kind: 'hang', detail: `longer than ${hang} ms`, input: current() })
        void worker.terminate()
      }, 250)
      worker.on('message', ({ finding, kept: input }) => {
        if (finding) report(finding)
        if (input) {
          kept.push(input)
          onKept?.(input)
        }
      })
      worker.once('error', error => report({ kind: 'crash', detail: String(error), input: current() }))
      worker.once('exit', () => {
        clearInterval(timer)
        resolve(undefined)
      })
    })
    sum.executions += clock[2] ?? 0
    if (!clock[0]) break
  }
  sum.kept = kept.length
  sum.seconds = Math.round((Date.now() - start) / 1000)
  const { user, system } = process.cpuUsage(cpu)
  sum.cpuSeconds = Math.round((user + system) / 1e6)
  return sum
}
