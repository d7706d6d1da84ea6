// The module that the workers of `workerPool` run.
import { jsquashRenderer } from '../jsquash/jsquash-renderer.js'
import { serveRenderer } from './serve-renderer.js'

serveRenderer(jsquashRenderer())
