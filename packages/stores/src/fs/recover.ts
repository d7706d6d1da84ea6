import { lstat, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'
import { isSettling, ownerIn, settle } from './commit-folder.js'
import { isErrno } from './durable.js'
import { isProbe, type Place } from './layout.js'
import { isAbandoned } from './owner.js'

/**
 * Settles every commit whose process is gone. Idempotent. What cannot be settled, such as what another user has left,
 * does not keep the others: it is told, and `sluice audit` names it.
 */
export async function recover(place: Place, abandonedAfterMs: number): Promise<void> {
  for (const name of await readdir(place.incoming)) {
    const folder = join(place.incoming, name)
    try {
      if (isProbe(name)) {
        await rm(folder, { force: true })
        continue
      }
      const { mtimeMs } = await lstat(folder)
      if (isSettling(name) || isAbandoned(ownerIn(name), mtimeMs, abandonedAfterMs))
        await settle(place, folder)
    } catch (thrown) {
      // Another process that starts now was faster.
      if (!isErrno(thrown, 'ENOENT'))
        process.emitWarning(`fsStore: ${folder} was left unfinished and cannot be settled: ${thrown}`, {
          code: 'SLUICE_LEFTOVER',
        })
    }
  }
}
