import { createHash } from 'node:crypto'
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { brokenPromises, type Contents, contentsOf } from '../../benchmarks/flood/check-store.mjs'
import { credentials, startFakeS3 } from '../../packages/stores/test/fake-s3.js'
import { freePort, startRedis } from '../queues/redis-server.js'
import { crowd, type Heard, uploads } from './crowd.js'
import { type Fault, faults, pause, type Scene } from './faults.js'
import { Served } from './served.js'

export interface Round extends Pick<Heard, 'accepted' | 'lost' | 'statuses'> {
  readonly fault: string
  /** Whether clients sent idempotency keys, and sent again what was not answered. */
  readonly keys: boolean
  readonly problems: readonly string[]
}

type Redis = Scene['redis']

/** Longest time before a fault, and longest that one lasts, in milliseconds. */
const mostMs = 400
/** An image and its thumbnail. */
const filesEach = 2

/**
 * One fault after the other, each come upon a server that is working on uploads, at a random instant; then the server is
 * killed and started again, and what lies in its store is held against what its clients were told.
 */
export async function* chaos(rounds: number, scratch: string): AsyncGenerator<Round> {
  const redis = await startRedis()
  try {
    for (let round = 0; round < rounds; round++) {
      const fault = faults[round % faults.length] ?? faults[0]
      // Without keys, a bucket may keep parts of an upload that nobody sends again (decision 023).
      const keys = fault.store === 'bucket' || Math.floor(round / faults.length) % 2 === 1
      const home = join(scratch, String(round))
      yield await live(fault, keys, home, redis)
    }
  } finally {
    await redis.stop()
  }
}

async function live(fault: Fault, keys: boolean, home: string, redis: Redis): Promise<Round> {
  mkdirSync(home)
  const restore = fault.prepare?.(home)
  const s3 = fault.store === 'bucket' ? await startFakeS3() : undefined
  const place = s3 ? { s3: { ...credentials, bucket: s3.url } } : { folder: join(home, 'uploads') }
  const port = await freePort()
  const server = new Served({ port, redis: redis.port, keys, ...place })
  try {
    await server.start(fault.under?.())
    const coming = crowd(port, keys)
    await pause(mostMs)
    const end = await fault.begin({ server, redis, home, s3 })
    await pause(mostMs)
    await end()
    const heard = await coming
    // What was left unfinished is settled by the next start, at the latest before its first commit.
    await server.kill()
    await server.start()
    const after = await crowd(port, keys)
    const contents = s3 ? inBucket(s3.objects) : await contentsOf(home)
    return { fault: fault.name, keys, ...heard, problems: problemsOf(heard, after, contents, keys) }
  } finally {
    await server.kill()
    await s3?.stop()
    restore?.()
    rmSync(home, { recursive: true, force: true })
  }
}

function inBucket(objects: ReadonlyMap<string, { readonly bytes: Buffer }>): Contents {
  const found = [...objects].map(
    ([key, { bytes }]) => [key, createHash('sha256').update(bytes).digest('hex')] as const,
  )
  return { found: new Map(found), left: [] }
}

/** @param after those who came when it was over */
function problemsOf(heard: Heard, after: Heard, contents: Contents, keys: boolean): readonly string[] {
  const { missing, changed, orphans, left } = brokenPromises([...heard.told, ...after.told], contents)
  const untold = new Map<string, number>()
  for (const key of orphans) {
    const stem = key.slice(0, stemLength)
    untold.set(stem, (untold.get(stem) ?? 0) + 1)
  }
  const halves = [...untold].filter(([, files]) => files !== filesEach)
  const unanswered = keys ? 0 : heard.lost
  return [
    ...missing.map(key => `${key} was told and is not there`),
    ...changed.map(key => `${key} is another file than was told`),
    ...left.map(path => `${path} is left over`),
    ...halves.map(([stem, files]) => `${stem}: ${files} of ${filesEach} files`),
    ...(untold.size > unanswered
      ? [`${untold.size} uploads are public that nobody was told of, ${unanswered} were not answered`]
      : []),
    ...(after.accepted < uploads ? [`afterwards: ${JSON.stringify(after.statuses)}`] : []),
  ]
}

/** `YYYYMM/` and 32 digits. */
const stemLength = 39
