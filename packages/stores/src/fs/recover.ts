import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { isSettling, ownerIn, settle } from './commit-folder.js'
import { isErrno } from './durable.js'
import type { Place } from './layout.js'
import { isAbandoned } from './owner.js'

/** The sweep at start: settles every commit whose process is gone. Idempotent. */
export async function recover(place: Place, abandonedAfterMs: number): Promise<void> {
  for (const name of await readdir(place.incoming)) {
    const folder = join(place.incoming, name)
    try {
      const { mtimeMs } = await stat(folder)
      if (isSettling(name) || isAbandoned(ownerIn(name), mtimeMs, abandonedAfterMs))
        await settle(place, folder)
    } catch (thrown) {
      // Another process that starts now was faster.
      if (!isErrno(thrown, 'ENOENT')) throw thrown
    }
  }
}
