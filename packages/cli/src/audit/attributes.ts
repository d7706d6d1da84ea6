import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { isErrno } from '@sluice/stores/fs/durable'
import type { Finding } from './finding.js'

/** Node cannot read extended attributes: where this program is missing they are not looked at, and that is told. */
const program = 'getfattr'

/** Whether extended attributes can be looked at here. */
export async function canReadAttributes(): Promise<boolean> {
  const asked = spawn(program, ['--version'], { stdio: 'ignore' })
  try {
    const [code] = await once(asked, 'close')
    return code === 0
  } catch (thrown) {
    if (isErrno(thrown, 'ENOENT', 'EACCES')) return false
    throw thrown
  }
}

/**
 * Files below a folder with extended attributes: they go with a file into backups and archives, and no image needs one.
 * Access control lists are among them, and capabilities.
 */
export async function* findAttributes(folder: string): AsyncGenerator<Finding> {
  const args = ['--recursive', '--physical', '--no-dereference', '--match=-', '.']
  const reading = spawn(program, args, { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] })
  const closed = once(reading, 'close')
  let path = ''
  for await (const line of createInterface({ input: reading.stdout })) {
    const [, named] = /^# file: (.*)$/.exec(line) ?? []
    if (named !== undefined) path = readOctal(named)
    // SELinux puts its own on every file.
    else if (line !== '' && line !== 'security.selinux')
      yield { path, problem: 'attributes', detail: readOctal(line) }
  }
  await closed
}

/** It writes bytes that are not printable as `\012`. */
function readOctal(text: string): string {
  return text.replace(/\\([0-7]{3}|\\)/g, (_, code) =>
    code === '\\' ? code : String.fromCharCode(Number.parseInt(code, 8)),
  )
}
