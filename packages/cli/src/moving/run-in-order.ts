import { rename } from 'node:fs/promises'
import { type Journal, openJournal } from '../lists/journal.js'
import { linesOf } from '../lists/read-lines.js'
import { mapInOrder } from '../map-in-order.js'
import { begunLog, type Placed, readBegun } from './once.js'

export interface Line {
  readonly old: string
}

export interface RunOptions<Item extends Line, Result extends Line, State> {
  /** In a line: another one is not gone on with. */
  readonly subject: string
  /** Where progress is kept. */
  readonly progress: string
  /** Where the lines are in the end; none where undefined. */
  readonly map?: string | undefined
  readonly jobs: number
  readonly start: State
  readonly signal?: AbortSignal | undefined
  /** In the order of their old names, behind `after`. */
  items(after: string): AsyncIterable<Item>
  work(item: Item, begun: Placed | undefined, journal: Journal<unknown>, state: State): Promise<Result>
  /** Counts a line, in order. */
  count(state: State, result: Result): void
  /** What has to wait until every line is on the disk; done again where it was cut off. @param map a line a result */
  afterwards?(map: AsyncIterable<Result>): Promise<void>
}

export interface Saved<State> {
  after: string
  readonly state: State
}

/** Saved at least so often, in milliseconds: so much is looked at again after a crash. */
const saveEveryMs = 500

/**
 * Works on things one after the other, with a line of each in a map: stopped or killed at any instant, the next run goes on
 * behind the last line that was saved.
 * @returns the counts, and whether all was done
 */
export async function runInOrder<Item extends Line, Result extends Line, State>(
  options: RunOptions<Item, Result, State>,
): Promise<{ readonly state: State; readonly complete: boolean }> {
  const { subject, progress, map, jobs, signal, items, work, count } = options
  const journal = await openJournal<Saved<State>>(progress, subject, ['map'], [begunLog])
  const saved: Saved<State> = journal.saved ?? { after: '', state: options.start }
  const begun = await readBegun(journal, saved.after)
  let last = Date.now()
  const working = (item: Item) => work(item, begun.get(item.old), journal, saved.state)
  try {
    for await (const result of mapInOrder(items(saved.after), jobs, working, signal)) {
      await journal.write('map', JSON.stringify(result))
      count(saved.state, result)
      saved.after = result.old
      if (Date.now() - last < saveEveryMs) continue
      await journal.save(saved)
      last = Date.now()
    }
  } catch (thrown) {
    await journal.save(saved)
    await journal.close()
    throw thrown
  }
  await journal.save(saved)
  if (signal?.aborted) {
    await journal.close()
    return { state: saved.state, complete: false }
  }
  await options.afterwards?.(resultsIn<Result>(await journal.read('map')))
  if (map !== undefined) await rename(await journal.read('map'), map)
  await journal.remove()
  return { state: saved.state, complete: true }
}

async function* resultsIn<Result>(path: string): AsyncGenerator<Result> {
  for await (const line of linesOf(path)) yield JSON.parse(line)
}
