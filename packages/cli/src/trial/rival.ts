import { type ChildProcess, fork } from 'node:child_process'
import { resolve as absolute } from 'node:path'
import type { ImageSettings } from '@sluice/core'
import { findSharp } from '../find-sharp.js'
import { UsageError } from '../terminal.js'

/** What another library made of a file. */
export type Drawn =
  | { readonly ok: true; readonly bytes: number; readonly ms: number }
  | { readonly ok: false; readonly message: string; readonly ms: number }

export interface Rival {
  /** With its version. */
  readonly name: string
  /** Never rejects. */
  draw(file: string): Promise<Drawn>
  /** Most memory that its process had, in bytes. */
  peak(): number
  stop(): void
}

type Answer = (
  | { readonly ready: string }
  | { readonly bytes: number; readonly ms: number }
  | { readonly problem: string; readonly ms: number }
) & { readonly peak: number }

interface Patience {
  /** To load its code, and to draw one file; in milliseconds. */
  readonly loadMs?: number
  readonly drawMs?: number
}

/**
 * The sharp of the project in `folder`, at the job of the policy, in a process of its own: a native library that
 * crashes, hangs or takes all memory over a file must not end the trial, and its memory is counted apart.
 * @throws UsageError where it is not installed, or cannot be loaded
 */
export async function startSharp(
  output: ImageSettings,
  folder: string,
  { loadMs = 30_000, drawMs = 60_000 }: Patience = {},
): Promise<Rival> {
  const path = findSharp(folder)
  if (path === undefined)
    throw new UsageError(`sharp is not installed in ${folder}: npm install sharp, or leave out --beside`)
  const job = JSON.stringify(output)
  let peak = 0
  let child: ChildProcess | undefined
  const first = await start()
  if (!('ready' in first))
    throw new UsageError(
      `sharp is installed but cannot be loaded: ${'problem' in first ? first.problem : ''}`,
    )

  /** A process that cannot load it is ended, so that the next file tries again. */
  async function start(): Promise<Answer> {
    const started = launch()
    const answer = await ask(started, undefined, loadMs)
    child = 'ready' in answer ? started : undefined
    if (!child) started.kill('SIGKILL')
    return answer
  }

  function launch(): ChildProcess {
    const args = [path ?? '', job]
    const started = fork(new URL('./sharp-process.mjs', import.meta.url), args, {
      execArgv: [],
      stdio: 'ignore',
    })
    // Whoever asks hears of it; between two questions nobody listens.
    return started.on('error', () => {})
  }

  async function draw(file: string): Promise<Drawn> {
    const started = child && isAlive(child) ? undefined : await start()
    const answer = child ? await ask(child, absolute(file), drawMs) : started
    peak = Math.max(peak, answer?.peak ?? 0)
    if (answer && 'bytes' in answer) return { ok: true, bytes: answer.bytes, ms: answer.ms }
    if (answer && 'problem' in answer) return { ok: false, message: answer.problem, ms: answer.ms }
    throw new Error('sharp sent an unexpected answer')
  }
  return { name: first.ready, draw, peak: () => peak, stop: () => child?.kill('SIGKILL') }
}

/** One question, one answer. A process that ends, or has no answer in time, gives that as its answer. */
function ask(child: ChildProcess, file: string | undefined, patienceMs: number): Promise<Answer> {
  const start = performance.now()
  return new Promise(resolve => {
    let isLate = false
    const timer = setTimeout(() => {
      isLate = true
      child.kill('SIGKILL')
    }, patienceMs)
    const broke = (thrown: Error) => fail(thrown.message)
    const ended = (code: number | null, signal: string | null) =>
      fail(
        isLate
          ? `had no answer after ${patienceMs / 1000} s and was ended`
          : `its process ended (${signal ?? `exit code ${code}`})`,
      )
    function settle(answer: Answer) {
      clearTimeout(timer)
      child.off('message', settle).off('error', broke).off('exit', ended)
      resolve(answer)
    }
    function fail(problem: string) {
      settle({ problem, ms: performance.now() - start, peak: 0 })
    }
    child.on('message', settle).on('error', broke).on('exit', ended)
    if (file !== undefined) child.send(file)
  })
}

function isAlive({ exitCode, signalCode, connected }: ChildProcess): boolean {
  return exitCode === null && signalCode === null && connected
}
