import { isErrno } from '@sluice/stores/fs/durable'
import { escapeControls } from '../escape-controls.js'
import { type ExitCode, type Terminal, UsageError } from '../terminal.js'
import { BackupError } from './dump-database.js'

/** A place that is full, or may not be read or written: an operator's matter, in one line. */
const ofPlaces = [
  ...['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT', 'EFBIG', 'EIO', 'ENOENT', 'ENOTDIR', 'EISDIR'],
  ...['EEXIST', 'EMFILE', 'ENFILE', 'ENAMETOOLONG', 'ESTALE'],
]

/** Runs it, and tells what a person can mend without a stack trace. @returns its exit code, or 1 */
export async function reportingFailures(
  { stderr }: Terminal,
  what: string,
  work: () => Promise<ExitCode>,
): Promise<ExitCode> {
  try {
    return await work()
  } catch (thrown) {
    if (thrown instanceof UsageError) throw thrown
    if (!(thrown instanceof BackupError) && !isErrno(thrown, ...ofPlaces)) throw thrown
    const message = thrown instanceof Error ? thrown.message : String(thrown)
    stderr.write(`sluice: ${what}: ${escapeControls(message)}\n`)
    return 1
  }
}
