import { on } from 'node:events'
import { Session } from 'node:inspector/promises'

/**
 * Of this thread and of all its workers, which nothing but the inspector reaches: what is held after that is held.
 * @see https://chromedevtools.github.io/devtools-protocol/v8/HeapProfiler/#method-collectGarbage
 */
export async function collectGarbage() {
  const session = new Session()
  session.connect()
  try {
    await session.post('HeapProfiler.collectGarbage')
    /** @type {string[]} */
    const workers = []
    session.on('NodeWorker.attachedToWorker', ({ params }) => workers.push(params.sessionId))
    const answers = on(session, 'NodeWorker.receivedMessageFromWorker')
    await session.post('NodeWorker.enable', { waitForDebuggerOnStart: false })
    const message = JSON.stringify({ id: 1, method: 'HeapProfiler.collectGarbage' })
    for (const sessionId of workers)
      await session.post('NodeWorker.sendMessageToWorker', { sessionId, message })
    for (const _ of workers) await answers.next()
    return { threads: 1 + workers.length }
  } finally {
    session.disconnect()
  }
}
