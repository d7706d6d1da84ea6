import { writeFile } from 'node:fs/promises'
import { UsageError } from '../terminal.js'

/** Before long work with '': a page that cannot be written is told then, not after. @throws UsageError */
export async function writePage(path: string, text: string): Promise<void> {
  await writeFile(path, text).catch((thrown: Error) => {
    throw new UsageError(`the page could not be written: ${thrown.message}`)
  })
}
