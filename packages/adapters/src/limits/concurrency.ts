import { UploadError } from '@sluice/core'

/** Seconds until a client may try again: an upload takes about as long. */
const retryAfter = 5

/** Counts what runs at the same time, by key: a semaphore that refuses where others wait. */
export interface Concurrency {
  /** @throws UploadError `too-many-uploads` */
  enter(key: string): () => void
}

export function concurrency(limit: number): Concurrency {
  const running = new Map<string, number>()
  return {
    enter(key) {
      const count = running.get(key) ?? 0
      if (count >= limit) throw new UploadError('too-many-uploads', { limit, retryAfter })
      running.set(key, count + 1)
      return () => {
        const left = (running.get(key) ?? 1) - 1
        if (left > 0) running.set(key, left)
        // A key of every address that ever came would be a leak.
        else running.delete(key)
      }
    },
  }
}
