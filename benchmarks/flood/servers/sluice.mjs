// Ours with no option set: server of Express; sluice.mjs <folder> <port>.
import { join } from 'node:path'
import { imageUpload } from '@sluice/adapters/express'
import express from 'express'
import { collectGarbage } from './collect-garbage.mjs'
import { ready, watchLoop } from './gauges.mjs'

const [folder = '', port] = process.argv.slice(2)
const loop = watchLoop()
const app = express()
app.get('/health', (_, response) => void response.json({ ok: true }))
app.get('/gauges', (_, response) => void response.json(loop.told()))
app.get('/collect-garbage', async (_, response) => void response.json(await loop.aside(collectGarbage)))
app.post(
  '/images',
  imageUpload({
    store: join(folder, 'uploads'),
    authorize: ({ headers }) => ({ user: String(headers['x-user']), role: 'author' }),
  }),
  (request, response) => void response.json(request.upload),
)
app.listen(Number(port), '127.0.0.1', ready)
