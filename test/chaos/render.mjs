// What each worker of server.mjs runs.
import { defaultRenderer, serveRenderer } from '@sluice/codecs'

serveRenderer(defaultRenderer())
