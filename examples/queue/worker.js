import { Worker } from 'bullmq'
import { workerPool } from 'sluice/codecs'
import { ingester } from 'sluice/jobs'
import { bullProcessor } from 'sluice/jobs/bullmq'
import { sweepQuarantine } from 'sluice/stores/quarantine'
import { finish, policy, quarantine, redis, ring, store } from './site.js'

const ingest = ingester({ quarantine, keyring: ring, store, policy, renderer: workerPool(), finish })
const work = bullProcessor(({ id }, options) => ingest(id, options))
const worker = new Worker('uploads', work, { connection: redis, concurrency: 4, maxStalledCount: 10 })
worker.on('failed', (job, error) => console.error(job?.id, error.detail ?? error))

// What clients have left behind.
setInterval(() => sweepQuarantine(quarantine).catch(console.error), 3_600_000).unref()
