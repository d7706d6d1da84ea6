/** Works on up to `jobs` items at the same time; gives the results in the order of the items. */
export async function* mapInOrder<Item, Result>(
  items: Iterable<Item>,
  jobs: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const running: Promise<Result>[] = []
  for (const item of items) {
    running.push(work(item))
    if (running.length >= jobs) yield await (running.shift() as Promise<Result>)
  }
  for (const result of running) yield await result
}
