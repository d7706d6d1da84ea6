import type { Job } from './work.js'

/** As much as R2 tells of an object (Cloudflare's event notifications). */
interface R2Event {
  readonly action?: unknown
  readonly object?: { readonly key?: unknown }
}

/** As much as S3 tells of objects (its event notifications, as SQS and Lambda hand them on). */
interface S3Event {
  readonly Records?: readonly {
    readonly eventName?: unknown
    readonly s3?: { readonly object?: { readonly key?: unknown } }
  }[]
}

/**
 * The uploads that a message is about: an R2 or S3 event of something that was put, or a job of ours (`{ id
 * }`). Events of what was deleted, and the test event of S3, are about none.
 * @param prefix of the quarantine
 */
export function idsOf(message: unknown, prefix = ''): readonly string[] {
  if (isJob(message)) return [message.id]
  return keysOf(message)
    .filter(key => key.startsWith(prefix))
    .map(key => key.slice(prefix.length))
    .filter(key => idGrammar.test(key))
}

const idGrammar = /^[0-9a-f]{32}$/

/** Whether a message is a job that our own side has sent. */
export function isJob<Todo extends Job>(message: unknown): message is Todo {
  const { id } = Object(message) as { readonly id?: unknown }
  return typeof id === 'string' && idGrammar.test(id)
}

function keysOf(message: unknown): readonly string[] {
  const { action, object } = Object(message) as R2Event
  if (typeof object?.key === 'string') return String(action).startsWith('Delete') ? [] : [object.key]
  const { Records = [] } = Object(message) as S3Event
  if (!Array.isArray(Records)) return []
  return (Records as NonNullable<S3Event['Records']>).flatMap(({ eventName, s3 }) => {
    const key = s3?.object?.key
    const isPut = /^(?:s3:)?ObjectCreated:/.test(String(eventName))
    // Keys are encoded as in a form: a space is a plus.
    return isPut && typeof key === 'string' ? [decode(key)] : []
  })
}

function decode(key: string): string {
  try {
    return decodeURIComponent(key.replaceAll('+', ' '))
  } catch (thrown) {
    if (thrown instanceof URIError) return key
    throw thrown
  }
}
