import type { Reply, Task } from './messages.js'

/** A worker of node:worker_threads. */
interface NodeWorker {
  on(event: 'message' | 'error' | 'messageerror' | 'exit', listener: (value: unknown) => void): unknown
  postMessage(message: unknown, transfer: ArrayBuffer[]): void
  terminate(): unknown
  ref(): void
  unref(): void
}

/** A Web Worker, as in browsers, Deno and Bun. */
interface WebWorker {
  addEventListener(event: 'message' | 'error' | 'messageerror', listener: (event: Event) => void): void
  postMessage(message: unknown, transfer: ArrayBuffer[]): void
  terminate(): unknown
}

export type AnyWorker = NodeWorker | WebWorker

/** How long a worker may take to load its module, in milliseconds. */
const START_MS = 10_000

/** One worker, of whatever runtime. */
export class Thread {
  readonly #worker: AnyWorker
  /** Called with each reply. */
  onReply: (reply: Reply) => void = () => {}
  /** Called when the worker broke or ended by itself; it is of no more use then. */
  onFailure: (detail: string) => void = () => {}

  private constructor(worker: AnyWorker) {
    this.#worker = worker
    const fail = (detail: unknown) => this.onFailure(String(detail))
    if ('on' in worker) {
      worker.on('message', value => this.onReply(value as Reply))
      worker.on('error', fail)
      worker.on('messageerror', fail)
      worker.on('exit', code => fail(`the worker ended with ${code}`))
    } else {
      worker.addEventListener('message', event => this.onReply((event as MessageEvent).data))
      for (const type of ['error', 'messageerror'] as const)
        worker.addEventListener(type, event => {
          // Otherwise Deno ends the whole process.
          event.preventDefault()
          fail((event as ErrorEvent).message ?? type)
        })
    }
  }

  /** @returns a worker that is ready for work. @throws Error when its module cannot be loaded */
  static start(create: () => AnyWorker): Promise<Thread> {
    return new Promise((resolve, reject) => {
      const thread = new Thread(create())
      const fail = (detail: string) => {
        clearTimeout(timer)
        void thread.end()
        reject(new Error(`a render worker did not start: ${detail}`))
      }
      const timer = setTimeout(() => fail(`not ready after ${START_MS} ms`), START_MS)
      thread.onFailure = fail
      thread.onReply = reply => {
        if ('failed' in reply) return fail(reply.failed)
        clearTimeout(timer)
        thread.onReply = () => {}
        thread.onFailure = () => {}
        thread.idle()
        resolve(thread)
      }
    })
  }

  post(task: Task, transfer: ArrayBuffer[]): void {
    if ('ref' in this.#worker) this.#worker.ref()
    this.#worker.postMessage(task, transfer)
  }

  /** A worker that waits for work does not keep a Node process alive. */
  idle(): void {
    if ('unref' in this.#worker) this.#worker.unref()
  }

  /** Ends the worker, whatever it is doing; resolves when it is gone, where the runtime can tell. */
  async end(): Promise<void> {
    this.onFailure = () => {}
    this.onReply = () => {}
    await this.#worker.terminate()
  }
}
