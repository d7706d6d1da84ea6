import { incomingFetch } from '../guard/incoming.js'
import { readBefore } from '../receive/body-reader.js'
import { peerOf } from '../runtime/peer.js'
import type { Settings } from '../settings.js'
import { observe } from './observe.js'

/**
 * Observes a copy of the request, whose body comes to both readers (Fetch, "clone a body"). Never throws.
 * @param context of Workers, which end what nobody waits for
 */
export function observeFetch<Native, Env>(
  settings: Settings<Native, Env>,
  request: Request,
  native: Native,
  env: Env,
  context?: unknown,
): void {
  try {
    const { reader, bytes } = counted(copyOf(request))
    const incoming = incomingFetch(request, peerOf(request, env))
    const observing = observe(settings, { incoming, reader, native, env }, bytes)
    // The copy would keep all that it was not asked for.
    const done = observing.finally(() => reader?.cancel().catch(() => {}))
    waitUntil(context)?.(done)
  } catch (thrown) {
    console.error('uploadHandler: a request could not be observed:', thrown)
  }
}

function copyOf(request: Request): ReadableStream<Uint8Array> | undefined {
  if (request.bodyUsed || request.body?.locked)
    return new ReadableStream({ start: source => source.error(readBefore()) })
  return request.clone().body ?? undefined
}

function counted(body: ReadableStream<Uint8Array> | undefined) {
  let bytes = 0
  const count = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      bytes += chunk.length
      controller.enqueue(chunk)
    },
  })
  return { reader: body?.pipeThrough(count).getReader(), bytes: () => bytes }
}

function waitUntil(context: unknown): ((work: Promise<unknown>) => void) | undefined {
  if (typeof context !== 'object' || context === null || !('waitUntil' in context)) return undefined
  const { waitUntil } = context
  return typeof waitUntil === 'function' ? work => waitUntil.call(context, work) : undefined
}
