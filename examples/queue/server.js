import { fork } from 'node:child_process'
import { Queue } from 'bullmq'
import express from 'express'
import { directUploads } from 'sluice/direct'
import { serveUploads } from 'sluice/express'
import { bullOptions } from 'sluice/jobs/bullmq'
import { nodeListener } from 'sluice/node'
import { policy, quarantine, redis, resultOf, ring } from './site.js'

const queue = new Queue('uploads', { connection: redis })

const direct = directUploads({
  quarantine,
  keyring: ring,
  policy,
  // Your session goes here: who is it, and in what role? null is nobody.
  public: true,
  async result(id) {
    const found = await resultOf(id)
    // One job an id, however often the page asks.
    if (found === undefined) await queue.add('upload', { id }, bullOptions({ id }))
    return found
  },
})

const app = express()
app.use('/direct', nodeListener(direct))
app.use('/images', serveUploads('./uploads'))
app.use(express.static('public'))

// On other machines in earnest, and as many as you like.
const worker = fork(new URL('worker.js', import.meta.url))
process.on('exit', () => worker.kill())
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit())

const server = app.listen(Number(process.env.PORT ?? 3000), () =>
  console.log(`http://localhost:${server.address().port}`),
)
