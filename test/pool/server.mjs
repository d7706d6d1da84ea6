/*
 * An Express server as an application has it, with nothing set, on the built packages: server.mjs [JSON of
 * options]. `inline` draws on the thread that serves requests; `pool` are options of a pool of its own, whose
 * images are told on stdout when they are there to be drawn. Prints its port. GET /health answers at once;
 * GET /delay tells what the event loop and the memory were like since it was asked last.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { imageUpload } from '@sluice/adapters/express'
import { defaultRenderer, workerPool } from '@sluice/codecs'
import { memoryStore } from '@sluice/stores'
import { peakBytes } from '@sluice/testkit/process-memory'
import express from 'express'

const { inline = false, pool, ...options } = JSON.parse(process.argv[2] ?? '{}')
const delay = monitorEventLoopDelay({ resolution: 5 })
delay.enable()

/** A pool that says when an image has come whole, and waits or is drawn. */
function telling(renderer) {
  return {
    ...renderer,
    reserve(key) {
      const place = renderer.reserve(key)
      const render = (...given) => {
        console.log('CAME')
        return place.render(...given)
      }
      return { ...place, render }
    },
  }
}

const upload = imageUpload({
  store: memoryStore(),
  public: true,
  csrf: false,
  addressLimits: false,
  onEvent: () => {},
  ...(inline ? { renderer: defaultRenderer() } : {}),
  ...(pool ? { renderer: telling(workerPool(pool)) } : {}),
  ...options,
})

const app = express()
app.get('/health', (_, response) => response.json({ ok: true }))
app.get('/delay', (_, response) => {
  response.json({
    p99: delay.percentile(99) / 1e6,
    max: delay.max / 1e6,
    peakMb: Math.round(peakBytes() / 2 ** 20),
  })
  delay.reset()
})
app.post('/images', upload, (request, response) => response.status(201).json(request.upload))
const server = app.listen(0, '127.0.0.1', () => console.log(`PORT ${server.address().port}`))
