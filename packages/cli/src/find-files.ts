import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Files as they are named (also such as are not there), and for a folder all ordinary files in it and in its
 * folders, in order of their names. Hidden ones are left out there, and links are not followed.
 */
export async function findFiles(paths: readonly string[]): Promise<readonly string[]> {
  const found: string[] = []
  for (const path of paths)
    if (path !== '-' && (await isFolder(path))) for await (const file of walk(path)) found.push(file)
    else found.push(path)
  return found
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await lstat(join(path, '.'))).isDirectory()
  } catch (thrown) {
    // What is not there, or may not be looked at, is told as the outcome of this file.
    if (thrown instanceof Error && 'code' in thrown) return false
    throw thrown
  }
}

/** A folder that cannot be read stands for what is in it. */
async function* walk(folder: string): AsyncGenerator<string> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((thrown: NodeJS.ErrnoException) => {
    if (thrown.code === undefined) throw thrown
    return undefined
  })
  if (entries === undefined) {
    yield folder
    return
  }
  for (const entry of entries.sort((one, other) => (one.name < other.name ? -1 : 1))) {
    if (entry.name.startsWith('.')) continue
    const path = join(folder, entry.name)
    if (entry.isDirectory()) yield* walk(path)
    else if (entry.isFile()) yield path
  }
}
