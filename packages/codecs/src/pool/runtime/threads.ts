import type { Machine } from '../memory-shares.js'
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
   * Finds the code of the default pool's workers.
   * @param withCodecPacks whether they have to import the modules of codec packs
   * @returns what starts one
   * @throws Error where that cannot be, and how to mend it
   */
  findRenderWorker(withCodecPacks: boolean): () => AnyWorker
  /** Called in a worker: lets the thread that serves requests go first. */
  stepBack(): void
  machine(): Machine
  /**
   * To be called now and then by whoever drops buffers: has the engine collect them before they are more than the
   * thread's share of the memory, where it takes such a wish.
   * @param mostBytes where that is less than the share
   */
  tidy(mostBytes?: number): void
  /**
   * A turn of the event loop: whatever else waits on this thread, requests and timers, gets its share between
   * the frames of one animation. Promises alone never let go of the thread.
   */
  turn(): Promise<void>
}

/** For runtimes without `setImmediate`; Next.js has one in edge functions, which throws. */
export const timerTurn: Threads['turn'] = () => new Promise(resolve => setTimeout(resolve, 0))

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
