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
  for await (const item of items) {
    if (signal?.aborted) break
    running.push(work(item))
    if (running.length >= jobs) yield await (running.shift() as Promise<Result>)
  }
  for (const result of running) yield await result
}
