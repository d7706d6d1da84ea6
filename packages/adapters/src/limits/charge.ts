import { consume, type Limiter } from './limiter.js'

/** A limiter in another process is asked once for so many bytes, not for every chunk. */
const blockBytes = 2 ** 20

export interface Account {
  readonly limiter: Limiter
  readonly key: string
}

/** Charges bytes as they arrive, whatever becomes of the request: reading them is what costs. */
export function chargeBytes(accounts: readonly Account[]) {
  let due = 0
  let next = 0

  async function settle(): Promise<void> {
    const points = due
    due = 0
    if (points === 0) return
    next = blockBytes
    for (const { limiter, key } of accounts) await consume(limiter, key, points, 'quota-exceeded')
  }
  return {
    /**
     * The first bytes are charged at once, so that who has none left is told early.
     * @throws UploadError `quota-exceeded`
     */
    async arrived(bytes: number): Promise<void> {
      due += bytes
      if (due > next) await settle()
    },
    /** @throws UploadError `quota-exceeded` */
    settle,
  }
}
