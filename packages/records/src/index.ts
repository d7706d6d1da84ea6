export type {
  Held,
  Holding,
  NewRecord,
  RecordedFile,
  RecordQuery,
  RecordState,
  Records,
  UploadRecord,
} from '@sluice/core'
export { memoryRecords } from './memory.js'
export { type RemoveOptions, removeUpload } from './remove.js'
export { type SweepOptions, type Swept, sweep } from './sweep.js'
