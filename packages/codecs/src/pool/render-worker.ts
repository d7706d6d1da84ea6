// The module that the workers of `workerPool` run.
import { defaultRenderer } from '../default-renderer.js'
import { serveRenderer } from './serve-renderer.js'

serveRenderer(defaultRenderer())
