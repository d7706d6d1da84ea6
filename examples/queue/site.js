import { Redis } from 'ioredis'
import { keyring } from 'sluice'
import { fsStore } from 'sluice/stores/fs'
import { folderQuarantine } from 'sluice/stores/quarantine/fs'

// A secret of your own, the same in all processes: openssl rand -hex 32
const secret = process.env.UPLOAD_SECRET ?? 'an example is no place for a real secret'

export const ring = keyring({ current: '2026', secrets: { 2026: secret } })
export const quarantine = folderQuarantine('./quarantine', '/direct', ring)
export const store = fsStore('./uploads')
export const redis = new Redis(process.env.REDIS_URL ?? 'redis://localhost:6379', {
  maxRetriesPerRequest: null,
})
export const policy = { variants: { thumb: { maxWidth: 200, maxHeight: 200 } } }

/** One result an upload, whatever ran twice: a row of your database, in your own transaction, does the same. */
export const finish = result => redis.set(`upload:${result.id}`, JSON.stringify(result), 'EX', 86_400, 'NX')

export async function resultOf(id) {
  const found = await redis.get(`upload:${id}`)
  return found === null ? undefined : JSON.parse(found)
}
