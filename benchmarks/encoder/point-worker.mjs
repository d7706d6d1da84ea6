// A thread that computes the metrics of files: { source } first, then { id, bytes } for each file of that picture.
import { parentPort } from 'node:worker_threads'
import { point } from './measure.mjs'

/** @import { Picture } from '../types.js' */

/** @type {Picture} */
let source
parentPort?.on('message', async message => {
  if (message.source) source = message.source
  else parentPort?.postMessage({ id: message.id, point: await point(source, message.bytes) })
})
