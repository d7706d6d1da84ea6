import { randomBytes, randomUUID } from 'node:crypto'
import { copyFile, lstat, rename } from 'node:fs/promises'
import { type Keyring, keyring } from '@sluice/core'
import { type MoveJob, moveJob } from '@sluice/jobs'
import { ignoreMissing } from '@sluice/stores/fs/durable'
import { openJournal } from '../lists/journal.js'
import { linesOf } from '../lists/read-lines.js'
import { mapInOrder } from '../map-in-order.js'
import { UsageError } from '../terminal.js'

export interface Line {
  readonly old: string
}

/** What the files of a run are called by: the same when it is gone on with, and hopeless to guess. */
export interface Naming {
  readonly keyring: Keyring
  /** In milliseconds since 1970: what was stored since is the run's own, or too new for it. */
  readonly begun: number
  job(old: string, keys?: readonly string[]): Promise<MoveJob>
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
  /** What is done with each: any number of times, and the same each time. */
  worker(naming: Naming): (item: Item) => Promise<Result>
  /** Counts a line, in order. */
  count(state: State, result: Result): void
  /**
   * What has to wait until every line is on the disk; done again where it was cut off.
   * @param map a line a result
   */
  afterwards?(map: AsyncIterable<Result>): Promise<void>
}

interface Saved<State> {
  after: string
  readonly id: string
  readonly begun: string
  readonly secret: string
  readonly state: State
}

/**
 * Works on things one after the other, with a line of each in a map: stopped or killed at any instant, the
 * next run goes on behind the last line that was saved.
 * @returns the counts, and whether all was done
 */
export async function runInOrder<Item extends Line, Result extends Line, State>(
  options: RunOptions<Item, Result, State>,
): Promise<{ readonly state: State; readonly complete: boolean }> {
  const { subject, progress, map, jobs, signal, items, worker, count } = options
  const journal = await openJournal<Saved<State>>(progress, subject, ['map'])
  if (journal.saved === undefined && map !== undefined && (await lstat(map).catch(ignoreMissing))) {
    await journal.remove()
    throw new UsageError(`${map} belongs to a run that has finished; another run needs another map`)
  }
  const saved: Saved<State> = journal.saved ?? {
    after: '',
    id: randomUUID(),
    begun: new Date().toISOString(),
    secret: randomBytes(32).toString('hex'),
    state: options.start,
  }
  // Before a file is named by it.
  if (journal.saved === undefined) await journal.save(saved)
  try {
    for await (const result of mapInOrder(items(saved.after), jobs, worker(namingOf(saved)), signal)) {
      await journal.write('map', JSON.stringify(result))
      count(saved.state, result)
      saved.after = result.old
      // A fraction of what the work itself takes: nothing that has a line is done again.
      await journal.save(saved)
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
  if (map !== undefined) {
    await copyFile(await journal.read('map'), `${map}.new`)
    await rename(`${map}.new`, map)
  }
  await journal.remove()
  return { state: saved.state, complete: true }
}

function namingOf({ id, begun, secret }: Omit<Saved<unknown>, 'after' | 'state'>): Naming {
  const move = { id, offered: begun, secret: 'run' }
  return {
    keyring: keyring({ current: move.secret, secrets: { [move.secret]: secret } }),
    begun: Date.parse(begun),
    job: (old, keys) => moveJob(move, old, keys),
  }
}

async function* resultsIn<Result>(path: string): AsyncGenerator<Result> {
  for await (const line of linesOf(path)) yield JSON.parse(line)
}
