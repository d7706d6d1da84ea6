import { execFile } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
const here = fileURLToPath(new URL('..', import.meta.url))
const sluice = fileURLToPath(new URL('bin/sluice.js', import.meta.resolve('sluice')))

/**
 * Database and uploads as a pair: `sluice backup` dumps the first, then copies the second, so that every row
 * finds its picture. Each backup is a folder by its time, whole or not there.
 * @param {string} dataFolder
 */
export function backups(dataFolder) {
  const folder = join(dataFolder, 'backups')
  return {
    /** @returns what `sluice backup` said */
    async make() {
      const dump = `"${process.execPath}" dump.js`
      const args = ['backup', join(dataFolder, 'uploads'), '--to', folder, '--database', dump]
      const { stdout } = await run(process.execPath, [sluice, ...args], {
        cwd: here,
        env: { ...process.env, BLOG_DATA: dataFolder },
      })
      return stdout.trim()
    },
    /** Newest first. */
    async list() {
      const names = await readdir(folder).catch(thrown => {
        if (thrown.code === 'ENOENT') return []
        throw thrown
      })
      return names
        .filter(name => /^\d{8}T\d{6}Z$/.test(name))
        .sort()
        .reverse()
    },
  }
}
