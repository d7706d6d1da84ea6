export type { UploadResult } from '@sluice/core'
export { idsOf } from './events.js'
export { type Ingest, type IngestOptions, ingester } from './ingest.js'
export { decided, type Job, mayPass, type Work } from './outcome.js'
