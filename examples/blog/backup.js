/*
 * npm run backup: the database and the uploads of ./data, or of the folder BLOG_DATA, while the blog runs or
 * not.
 */
import { resolve } from 'node:path'
import { backups } from './blog/backup.js'

console.log(await backups(resolve(process.env.BLOG_DATA ?? './data')).make())
