import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { isErrno } from '@sluice/stores/fs/durable'

/** A backup or a restore that could not be made as a whole, through no fault of the command line. */
export class BackupError extends Error {
  override readonly name = 'BackupError'
}

/**
 * Runs the operator's command and keeps what it prints: `pg_dump --format=custom app`, `mysqldump
 * --single-transaction app | zstd`. Of a pipe every part must succeed.
 * @throws BackupError if it fails or prints nothing
 */
export async function dumpDatabase(command: string, path: string): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    const code = await runShell(command, ['ignore', file.fd, 'inherit'])
    if (code !== 0) throw new BackupError(`the database command ended with ${code}`)
    const { size } = await file.stat()
    if (size === 0) throw new BackupError('the database command printed nothing')
    await file.sync()
  } finally {
    await file.close()
  }
}

/**
 * Gives a dump to the operator's command: `pg_restore --dbname=app`, `psql --single-transaction app`.
 * @throws BackupError if it fails
 */
export async function loadDatabase(command: string, path: string): Promise<void> {
  const file = await open(path)
  try {
    const code = await runShell(command, [file.fd, 'ignore', 'inherit'])
    if (code !== 0) throw new BackupError(`the database command ended with ${code}`)
  } finally {
    await file.close()
  }
}

type Descriptors = [stdin: 'ignore' | number, stdout: 'ignore' | number, stderr: 'inherit']

/**
 * By bash where there is one. `sh` must know `pipefail` by itself: one that does not ends with an error, for `false | gzip`
 * would be a success there.
 * @returns its exit code, or the signal that ended it
 */
async function runShell(command: string, stdio: Descriptors): Promise<number | string> {
  if (process.platform === 'win32') return ended(spawn(command, { shell: true, stdio }))
  try {
    return await ended(spawn('bash', ['-o', 'pipefail', '-c', command], { stdio }))
  } catch (thrown) {
    if (!isErrno(thrown, 'ENOENT')) throw thrown
    return ended(spawn('sh', ['-c', `set -o pipefail\n${command}`], { stdio }))
  }
}

async function ended(child: ReturnType<typeof spawn>): Promise<number | string> {
  const [code, signal] = await once(child, 'close')
  return signal ?? code
}

/** What a dump says of its own end: `pg_dump` and `mysqldump` write a last line, SQLite counts its pages. */
export async function isCutDump(path: string): Promise<string | undefined> {
  const head = await readPart(path, 0, 100)
  const tail = await readPart(path, Math.max(0, (await sizeOf(path)) - 400), 400)
  const text = head.toString('latin1')
  if (text.startsWith('SQLite format 3\0')) return isCutSqlite(path, head)
  if (text.includes('PostgreSQL database dump') && !tail.includes('PostgreSQL database dump complete'))
    return 'a dump of PostgreSQL without its last line'
  if (/^-- (?:MySQL|MariaDB) dump/m.test(text) && !tail.includes('-- Dump completed'))
    return 'a dump of MySQL without its last line'
  return undefined
}

/** Database file format, 1.3: page size at 16, pages at 28. */
async function isCutSqlite(path: string, head: Buffer): Promise<string | undefined> {
  const pageSize = head.readUInt16BE(16) === 1 ? 65_536 : head.readUInt16BE(16)
  const expected = pageSize * head.readUInt32BE(28)
  const size = await sizeOf(path)
  return size < expected ? `an SQLite database of ${size} bytes in place of ${expected}` : undefined
}

async function sizeOf(path: string): Promise<number> {
  const file = await open(path)
  try {
    return (await file.stat()).size
  } finally {
    await file.close()
  }
}

async function readPart(path: string, start: number, length: number): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of createReadStream(path, { start, end: start + length - 1 })) parts.push(part)
  return Buffer.concat(parts)
}
