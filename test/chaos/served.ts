import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const script = fileURLToPath(new URL('server.mjs', import.meta.url))

/** A server that can be killed and started again on the same port. */
export class Served {
  readonly #options: object
  #child: ChildProcess | undefined
  #pid = 0
  #stderr = ''

  /** @param options of server.mjs, with its port */
  constructor(options: object) {
    this.#options = options
  }

  /** @param under a command before it */
  async start(under: readonly string[] = []): Promise<void> {
    const [program = '', ...args] = [...under, process.execPath, script, JSON.stringify(this.#options)]
    // Not the conditions of the test runner, which would lead to the sources.
    const child = spawn(program, args, { env: { PATH: process.env.PATH }, stdio: 'pipe' })
    this.#child = child
    child.stderr.on('data', chunk => {
      this.#stderr = (this.#stderr + chunk).slice(-2000)
    })
    // Its pipe may be gone before a line is written to it.
    child.stdin.on('error', () => {})
    const ended = once(child, 'exit').then(() => {
      throw new Error(`the server does not start: ${this.#stderr}`)
    })
    ended.catch(() => {})
    const [line] = await Promise.race([once(createInterface({ input: child.stdout }), 'line'), ended])
    this.#pid = Number(/READY (\d+)/.exec(String(line))?.[1])
  }

  /** A line to its stdin. */
  say(line: string): void {
    this.#child?.stdin?.write(`${line}\n`)
  }

  signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
    process.kill(this.#pid, signal)
  }

  async kill(): Promise<void> {
    const child = this.#child
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'close')
    process.kill(this.#pid, 'SIGKILL')
    await ended
  }
}
