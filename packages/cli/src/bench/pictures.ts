import { readdir, stat } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { UsageError } from '../terminal.js'

const extensions = new Set(['.jpg', '.jpeg', '.png', '.gif', '.webp'])

/** Files as they are named, and the pictures of folders, not of folders in them; in order of their names. */
export async function findPictures(paths: readonly string[]): Promise<readonly string[]> {
  const found: string[] = []
  for (const path of paths) {
    const entry = await stat(path).catch(() => {
      throw new UsageError(`${path}: there is no such file or folder`)
    })
    if (!entry.isDirectory()) found.push(path)
    else
      found.push(
        ...(await readdir(path))
          .filter(name => extensions.has(extname(name).toLowerCase()))
          .sort()
          .map(name => join(path, name)),
      )
  }
  if (found.length === 0)
    throw new UsageError(`no pictures in ${paths.join(', ')}: name some, as in sluice bench photo.jpg`)
  return found
}
