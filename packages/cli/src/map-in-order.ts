/**
 * Works on up to `jobs` items at the same time; gives the results in the order of the items. Once `signal` is aborted
 * no further item is begun.
 */
export async function* mapInOrder<Item, Result>(
  items: Iterable<Item> | AsyncIterable<Item>,
  jobs: number,
  work: (item: Item) => Promise<Result>,
  signal?: AbortSignal,
): AsyncGenerator<Result> {
  const running: Promise<Result>[] = []
  try {
    for await (const item of items) {
      if (signal?.aborted) break
      const result = work(item)
      // Whoever waits for it hears of it in its turn: until then a failure is no unhandled one.
      result.catch(() => {})
      running.push(result)
      if (running.length >= jobs) yield await (running.shift() as Promise<Result>)
    }
    while (running.length > 0) yield await (running.shift() as Promise<Result>)
  } finally {
    // Nothing goes on behind the back of who has stopped listening.
    await Promise.allSettled(running)
  }
}
