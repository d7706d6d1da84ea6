import { countBodies } from '@sluice/codecs'
import { UploadError } from '@sluice/core'
import { passed } from './passed.js'

/** Seconds until a client may try again: an upload takes about as long. */
const retryAfter = 5

/** Of the whole process: what all endpoints hold of their bodies, in bytes. */
let held = 0

countBodies({
  get bytes() {
    return held
  },
})

/** What one request holds of the budget. */
export interface Lease {
  /**
   * Before the body is read, with its Content-Length.
   * @throws UploadError `busy`
   */
  reserve(bytes: number): void
  /**
   * What has come in; more than was reserved is reserved now.
   * @throws UploadError `busy`
   */
  arrived(bytes: number): void
  /** Must be called when the request is done. */
  release(): void
}

/**
 * @param maxBytes above which this endpoint takes no more; bodies of other endpoints of the process count
 * too
 */
export function leaseBytes(maxBytes: number): Lease {
  let reserved = 0
  let arrived = 0
  function grow(bytes: number) {
    if (held + bytes > maxBytes) {
      const detail = `${held} bytes of bodies are held, ${bytes} more would be over maxInFlightBytes`
      throw new UploadError('busy', { retryAfter }, { stage: 'receive', detail })
    }
    held += bytes
    reserved += bytes
  }
  return {
    reserve: grow,
    arrived(bytes) {
      arrived += bytes
      passed(bytes)
      if (arrived > reserved) grow(arrived - reserved)
    },
    release() {
      held -= reserved
      reserved = 0
    },
  }
}
