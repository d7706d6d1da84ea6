/* Prints a whole copy of the database: what `sluice backup` keeps beside the pictures. */
import { createReadStream, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { openDatabase } from './blog/database.js'

const database = await openDatabase(join(resolve(process.env.BLOG_DATA ?? './data'), 'blog.db'))
const folder = mkdtempSync(join(tmpdir(), 'blog-dump-'))
try {
  database.copyTo(join(folder, 'copy.db'))
  await pipeline(createReadStream(join(folder, 'copy.db')), process.stdout)
} finally {
  database.close()
  rmSync(folder, { recursive: true })
}
