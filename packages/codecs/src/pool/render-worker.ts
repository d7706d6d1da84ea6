// The module that the workers of `workerPool` run.
import { defaultRenderer } from '../renderers/default.js'
import { serveRenderer } from './serve-renderer.js'

serveRenderer(defaultRenderer())
