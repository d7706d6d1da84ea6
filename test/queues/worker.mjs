/*
 * A worker of a queue, as an application has it, which ends itself where it is told to:
 *   worker.mjs <settings in JSON>
 */
import { defaultRenderer, workerPool } from '@sluice/codecs'
import { definePolicy, keyring } from '@sluice/core'
import { ingester } from '@sluice/jobs'
import { bullProcessor } from '@sluice/jobs/bullmq'
import { finish } from '@sluice/jobs/sql'
import { postgresRecords } from '@sluice/records/postgres'
import { fsStore } from '@sluice/stores/fs'
import { s3Quarantine } from '@sluice/stores/quarantine'
import { folderQuarantine } from '@sluice/stores/quarantine/fs'
import { s3Store } from '@sluice/stores/s3'
import { Worker } from 'bullmq'
import pg from 'pg'

const { redisPort, postgres, s3, folder, credentials, secrets, killAt } = JSON.parse(process.argv[2] ?? '')
const ring = keyring(secrets)

/** @param {string} step */
function at(step) {
  if (step === killAt) process.kill(process.pid, 'SIGKILL')
}

const send = globalThis.fetch
globalThis.fetch = async (request, options) => {
  const { method, url } = /** @type {Request} */ (request)
  const [, place, variant] = /(quarantine|public)\/[^?]*?(-thumb)?(?:\.webp)?(?:\?|$)/.exec(url) ?? []
  const step = `${method} ${place === 'public' ? (variant ?? 'main') : place}`
  at(`before ${step}`)
  const answer = await send(request, options)
  at(`after ${step}`)
  return answer
}

const pool = new pg.Pool({ host: postgres, user: 'sluice', database: 'postgres', max: 8 })
pool.on('error', () => {})

/** @type {import('@sluice/jobs').IngestOptions['finish']} */
async function finishOnce(result) {
  at('before finish')
  const client = await pool.connect()
  // Of a connection that is lost while it is in use: the query in it fails as well.
  const lost = () => {}
  client.on('error', lost)
  let broken = false
  try {
    await client.query('BEGIN')
    // The application's own row, in the same transaction.
    if (await finish(client, result))
      await client.query('INSERT INTO posts (upload) VALUES ($1)', [result.id])
    await client.query('COMMIT')
  } catch (thrown) {
    broken = true
    throw thrown
  } finally {
    client.off('error', lost)
    client.release(broken)
  }
  at('after finish')
}

/** On many machines: buckets, a database, and steps at which the process ends itself. */
function inBuckets() {
  const bucket = { bucket: s3, ...credentials }
  return {
    quarantine: s3Quarantine({ ...bucket, prefix: 'quarantine/' }),
    store: s3Store({ ...bucket, prefix: 'public/' }),
    policy: definePolicy({ variants: { thumb: { maxWidth: 8, maxHeight: 8 } } }),
    renderer: defaultRenderer(),
    records: postgresRecords(pool),
    finish: finishOnce,
  }
}

/** On one machine: folders, a thread that draws, and results on stdout. */
function inFolders() {
  return {
    quarantine: folderQuarantine(`${folder}/quarantine`, '/direct', ring),
    store: fsStore(`${folder}/public`),
    policy: definePolicy({ maxFileBytes: '32 MiB' }),
    renderer: workerPool({ size: 1 }),
    /** @type {import('@sluice/jobs').IngestOptions['finish']} */
    async finish(result) {
      const peakMb = Math.round(process.resourceUsage().maxRSS / 1024)
      process.stdout.write(`${JSON.stringify({ ...result, peakMb })}\n`)
    },
  }
}

const ingest = ingester({ keyring: ring, ...(folder === undefined ? inBuckets() : inFolders()) })

const connection = { host: '127.0.0.1', port: redisPort, maxRetriesPerRequest: null, retryStrategy: () => 50 }
const worker = new Worker(
  'uploads',
  bullProcessor(({ id }, options) => ingest(id.slice(0, 32), options)),
  { connection, concurrency: 4, lockDuration: 2000, stalledInterval: 500, maxStalledCount: 1000 },
)
worker.on('error', () => {})
await worker.waitUntilReady()
process.stdout.write('ready\n')
