import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { open } from 'node:fs/promises'

/** A dump that cannot be trusted: there is no backup then. */
export class DumpError extends Error {
  override readonly name = 'DumpError'
}

/**
 * Runs the operator's command and keeps what it prints: `pg_dump --format=custom app`, `mysqldump
 * --single-transaction app`.
 * @throws DumpError if it fails or prints nothing
 */
export async function dumpDatabase(command: string, path: string): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    const dump = spawn(command, { shell: true, stdio: ['ignore', file.fd, 'inherit'] })
    const [code, signal] = await once(dump, 'close')
    if (code !== 0) throw new DumpError(`the database command ended with ${signal ?? code}`)
    const { size } = await file.stat()
    if (size === 0) throw new DumpError('the database command printed nothing')
    await file.sync()
  } finally {
    await file.close()
  }
}
