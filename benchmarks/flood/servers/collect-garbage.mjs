import { Session } from 'node:inspector/promises'

const method = 'HeapProfiler.collectGarbage'

/** @type {ReturnType<typeof attach> | undefined} */
let attached

/**
 * Of this thread and of all its workers, which nothing but the inspector reaches: what is held after that is held.
 * @see https://chromedevtools.github.io/devtools-protocol/v8/HeapProfiler/#method-collectGarbage
 */
export async function collectGarbage() {
  // For good: each end of a session to a worker leaves some KiB behind.
  attached ??= attach()
  const { session, workers } = await attached
  await session.post(method)
  const message = JSON.stringify({ id: 1, method })
  const all = [...workers.keys()].map(async sessionId => {
    const answered = new Promise(resolve => workers.set(sessionId, resolve))
    await session.post('NodeWorker.sendMessageToWorker', { sessionId, message })
    await answered
  })
  await Promise.all(all)
  return { threads: 1 + all.length }
}

/** To this thread, and to every worker as it starts: of each, whom to tell that it has answered or ended. */
async function attach() {
  const session = new Session()
  session.connect()
  /** @type {Map<string, (value?: unknown) => void>} */
  const workers = new Map()
  session.on('NodeWorker.attachedToWorker', ({ params }) => workers.set(params.sessionId, () => {}))
  session.on('NodeWorker.receivedMessageFromWorker', ({ params }) => workers.get(params.sessionId)?.())
  session.on('NodeWorker.detachedFromWorker', ({ params }) => {
    workers.get(params.sessionId)?.()
    workers.delete(params.sessionId)
  })
  await session.post('NodeWorker.enable', { waitForDebuggerOnStart: false })
  return { session, workers }
}
