/** One reader of a shared source. */
export interface Branch<Item> extends AsyncIterable<Item> {
  /** Stops reading, so that the others need not wait. Leaving the loop does the same. */
  release(): void
}

/**
 * Several readers of one source, each item to all of them. The next item is pulled when every reader that is
 * left has asked for it: backpressure of the slowest reaches the source, so that only one item is held.
 */
export function lockstep<Item>(source: AsyncIterator<Item>, readers: number): Branch<Item>[] {
  const waiting: Waiter<Item>[] = []
  let open = readers

  async function pullIfAllWait() {
    if (waiting.length < open || waiting.length === 0) return
    const served = waiting.splice(0)
    try {
      const result = await source.next()
      for (const waiter of served) waiter.resolve(result)
    } catch (thrown) {
      for (const waiter of served) waiter.reject(thrown)
    }
  }

  return Array.from({ length: readers }, () => {
    let left = false
    const release = () => {
      if (left) return
      left = true
      open -= 1
      pullIfAllWait()
    }
    const reader: AsyncIterator<Item> = {
      next: () =>
        new Promise((resolve, reject) => {
          waiting.push({ resolve, reject })
          pullIfAllWait()
        }),
      async return() {
        release()
        return { done: true, value: undefined }
      },
    }
    return { release, [Symbol.asyncIterator]: () => reader }
  })
}

interface Waiter<Item> {
  resolve(result: IteratorResult<Item>): void
  reject(thrown: unknown): void
}
