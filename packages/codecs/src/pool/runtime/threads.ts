import type { Machine } from '../pool-size.js'
import type { AnyWorker } from '../thread.js'

/** The way to the thread that started this worker. */
export interface Port {
  receive(listener: (message: unknown) => void): void
  send(message: unknown, transfer: ArrayBuffer[]): void
}

/** What the entries of `#threads` give. */
export interface Threads {
  parentPort(): Port
  /**
   * Where the module of the default pool's workers lies. @throws Error where it is missing, and how to mend
   * that
   */
  findRenderWorker(): URL
  startRenderWorker(url: URL): AnyWorker
  /** Called in a worker: lets the thread that serves requests go first. */
  stepBack(): void
  machine(): Machine
  /** Whoever sets no renderer gets a pool. */
  readonly poolByDefault: boolean
}

/** The port of a Web Worker. */
export function webPort(): Port {
  const scope = globalThis as unknown as {
    addEventListener(event: 'message', listener: (event: MessageEvent) => void): void
    postMessage?(message: unknown, transfer: ArrayBuffer[]): void
  }
  return {
    receive: listener => scope.addEventListener('message', event => listener(event.data)),
    send(message, transfer) {
      if (!scope.postMessage) throw new TypeError('serveRenderer was called outside a worker')
      scope.postMessage(message, transfer)
    },
  }
}
