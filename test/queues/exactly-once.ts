import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { keyring, newUploadId, type UploadResult } from '@sluice/core'
import { resultsSchema } from '@sluice/jobs/sql'
import { recordsSchema } from '@sluice/records/postgres'
import { type Offer, s3Quarantine, signOffer } from '@sluice/stores/quarantine'
import { makePng } from '@sluice/testkit/images/png'
import { random } from '@sluice/testkit/pictures'
import { Queue } from 'bullmq'
import { startPostgres } from '../../packages/records/test/postgres-server.js'
import { credentials, type Fault, startFakeS3 } from '../../packages/stores/test/fake-s3.js'
import { startRedis } from './redis-server.js'

const secrets = { current: 'a', secrets: { a: 'a'.repeat(32) } }
const ring = keyring(secrets)
/** Longer than the lock of a job, which its worker has then lost. */
const stoppedMs = 3000

/** Wherever a worker does something that others see, it is ended once in front of that and once behind it. */
export const steps = [
  'HEAD quarantine',
  'GET quarantine',
  'PUT -thumb',
  'PUT main',
  'finish',
  'PUT quarantine',
].flatMap(step => [`before ${step}`, `after ${step}`])

export interface Experiment {
  readonly uploads: number
  readonly workers: number
  readonly seed: number
  /** How often Redis and Postgres are killed, one after the other, and a worker is stopped for longer than its lock. */
  readonly disasters: number
  /** The program of a worker. */
  readonly worker?: URL
}

export interface Found {
  readonly stored: number
  readonly refused: number
  readonly problems: readonly string[]
  readonly kills: readonly string[]
  readonly faults: Readonly<Record<string, number>>
  readonly requests: number
  readonly seconds: number
}

/**
 * Sends uploads through a real queue to workers that are killed, stopped and cut off, each event twice, and looks at what
 * is there in the end.
 */
export async function exactlyOnce({
  uploads,
  workers,
  seed,
  disasters,
  worker = new URL('worker.mjs', import.meta.url),
}: Experiment): Promise<Found> {
  const next = random(seed)
  const start = performance.now()
  const [s3, redis, postgres] = await Promise.all([startFakeS3(), startRedis(), startPostgres()])
  const pool = postgres.open()
  pool.on('error', () => {})
  for (const statement of [resultsSchema, 'CREATE TABLE posts (upload text)', ...recordsSchema])
    await pool.query(statement)
  const queue = new Queue('uploads', { connection: { ...redis.connection, retryStrategy: () => 50 } })
  queue.on('error', () => {})
  const ids = await offerAll(s3, uploads, next)

  const faults: Record<string, number> = {}
  const kinds: readonly Fault[] = [409, 412, 500, 'lost', 'cut']
  s3.control.fault = line => {
    if (next() > 0.06) return undefined
    const fault = kinds[Math.floor(next() * kinds.length)]
    // A 412 is a lie for what is not there; of a real one there are enough.
    if (fault === undefined || (fault === 412 && !line.startsWith('GET'))) return undefined
    faults[fault] = (faults[fault] ?? 0) + 1
    return fault
  }

  const crew = new Crew(worker, {
    redisPort: redis.port,
    postgres: postgres.home,
    s3: s3.url,
    credentials,
    secrets,
  })
  await Promise.all(Array.from({ length: workers }, () => crew.hire()))
  // Both deliveries of an event, as different jobs: the queue may not know that they are one.
  const jobs = ids.flatMap(id => [1, 2].map(time => ({ name: 'upload', data: { id: `${id}-${time}` } })))
  const opts = { attempts: 1000, backoff: { type: 'fixed', delay: 100 } }
  for (let at = 0; at < jobs.length; at += 500)
    await queue.addBulk(
      jobs.slice(at, at + 500).map(job => ({ ...job, opts: { ...opts, jobId: job.data.id } })),
    )

  const done = async () => {
    const counts = await queue.getJobCounts('completed', 'failed')
    return (counts.completed ?? 0) + (counts.failed ?? 0)
  }
  for (let disaster = 0; disaster < disasters; disaster++) {
    const share = (disaster + 1) / (disasters + 1)
    await until(async () => (await done()) >= share * jobs.length)
    const server = disaster % 2 === 0 ? redis : postgres
    const resume = crew.pause()
    await server.kill()
    await server.start()
    await new Promise(resolve => setTimeout(resolve, stoppedMs))
    resume()
  }
  await until(async () => (await done()) === jobs.length)
  const { failed = 0 } = await queue.getJobCounts('failed')
  await crew.dismiss()
  s3.control.fault = () => undefined

  const problems = failed === 0 ? [] : [`${failed} jobs have failed for good`]
  const { rows } = await pool.query<{ id: string; result: UploadResult }>(
    'SELECT id, result FROM sluice_results',
  )
  const posts = await pool.query<{ upload: string }>('SELECT upload FROM posts')
  const records = await pool.query<{ state: string }>('SELECT state FROM sluice_uploads')
  const stored = rows.filter(({ result }) => result.stored)
  problems.push(
    ...differences(
      'result',
      ids,
      rows.map(({ id }) => id),
    ),
    ...differences(
      'row of the application',
      ids,
      posts.rows.map(({ upload }) => upload),
    ),
    ...differences(
      'file',
      stored.flatMap(({ result }) => keysOf(result)),
      [...publicFiles(s3).keys()],
    ),
    ...wrongBytes(
      stored.map(({ result }) => result),
      publicFiles(s3),
    ),
  )
  if (records.rows.length !== stored.length || records.rows.some(({ state }) => state !== 'confirmed'))
    problems.push(`${records.rows.length} records for ${stored.length} images, or some not confirmed`)
  const left = [...s3.objects].filter(([key, { bytes }]) => key.startsWith('quarantine/') && bytes.length > 0)
  if (left.length > 0) problems.push(`${left.length} files left in quarantine`)

  await queue.close()
  await pool.end()
  await Promise.all([s3.stop(), redis.stop(), postgres.stop()])
  return {
    stored: stored.length,
    refused: rows.length - stored.length,
    problems,
    kills: crew.kills,
    faults,
    requests: s3.requests.length,
    seconds: Math.round((performance.now() - start) / 1000),
  }
}

/** One in ten is no image. */
async function offerAll(s3: Awaited<ReturnType<typeof startFakeS3>>, count: number, next: () => number) {
  const quarantine = s3Quarantine({ bucket: s3.url, ...credentials, prefix: 'quarantine/' })
  const ids: string[] = []
  for (let at = 0; at < count; at++) {
    const file = at % 10 === 9 ? Buffer.from(`no image ${at}`) : makePng(16 + Math.floor(next() * 16), 16, at)
    const sha256 = createHash('sha256').update(file).digest('hex')
    const expires = new Date(Date.now() + 3_600_000).toISOString()
    const wish = {
      role: 'author',
      user: `user-${at % 7}`,
      bytes: file.length,
      type: 'image/png',
      sha256,
      expires,
    }
    const offer: Offer = { ...newUploadId(ring), ...wish }
    const { url, headers } = await quarantine.present(offer, await signOffer(offer, ring))
    const answer = await fetch(url, { method: 'PUT', headers, body: file as Uint8Array<ArrayBuffer> })
    if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`)
    ids.push(offer.id)
  }
  return ids
}

/** Worker processes. Each is told to end itself at the next of the steps; whoever ends is replaced. */
class Crew {
  readonly kills: string[] = []
  readonly #worker: URL
  readonly #settings: object
  readonly #left = [...steps]
  readonly #members = new Set<ChildProcess>()
  #isOpen = true

  constructor(worker: URL, settings: object) {
    this.#worker = worker
    this.#settings = settings
  }

  async hire(): Promise<void> {
    const killAt = this.#left.shift()
    const child = spawn(
      process.execPath,
      [fileURLToPath(this.#worker), JSON.stringify({ ...this.#settings, killAt })],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    )
    this.#members.add(child)
    child.once('exit', (_code, signal) => {
      this.#members.delete(child)
      if (signal === 'SIGKILL' && killAt !== undefined && this.#isOpen) this.kills.push(killAt)
      if (this.#isOpen) void this.hire()
    })
    await once(child.stdout, 'data')
  }

  /** Stops one of them where it stands. */
  pause(): () => void {
    const [member] = this.#members
    member?.kill('SIGSTOP')
    return () => member?.kill('SIGCONT')
  }

  async dismiss(): Promise<void> {
    this.#isOpen = false
    const ended = [...this.#members].map(member => once(member, 'exit'))
    for (const member of this.#members) member.kill('SIGKILL')
    await Promise.all(ended)
  }
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise(resolve => setTimeout(resolve, 100))
}

function publicFiles({ objects }: Awaited<ReturnType<typeof startFakeS3>>): ReadonlyMap<string, Buffer> {
  const files = [...objects].filter(([key]) => key.startsWith('public/'))
  return new Map(files.map(([key, { bytes }]) => [key.slice('public/'.length), bytes]))
}

function filesOf({ stored }: UploadResult) {
  return stored ? [stored, ...Object.values(stored.variants)] : []
}

const keysOf = (result: UploadResult) => filesOf(result).map(({ key }) => key)

function wrongBytes(results: readonly UploadResult[], files: ReadonlyMap<string, Buffer>): readonly string[] {
  return results
    .flatMap(filesOf)
    .filter(
      ({ key, sha256 }) =>
        createHash('sha256')
          .update(files.get(key) ?? '')
          .digest('hex') !== sha256,
    )
    .map(({ key }) => `${key} has not the bytes that were told`)
}

/** What is missing, too much, or there twice. */
function differences(what: string, wanted: readonly string[], found: readonly string[]): readonly string[] {
  const [want, have] = [new Set(wanted), new Set(found)]
  return [
    ...wanted.filter(each => !have.has(each)).map(each => `no ${what} for ${each}`),
    ...found.filter(each => !want.has(each)).map(each => `a ${what} too many: ${each}`),
    ...(have.size < found.length ? [`a ${what} twice`] : []),
  ]
}
