import { fileURLToPath } from 'node:url'
import { imageUpload, serveUploads } from '@sluice/adapters/express'
import express from 'express'
import { RateLimiterMemory } from 'rate-limiter-flexible'

const app = express()

app.post(
  '/images',
  imageUpload({
    store: './uploads',
    // Your session goes here: who is it, and in what role? null is nobody.
    authorize: request => (request.get('x-user') ? { role: 'author', user: request.get('x-user') } : null),
    rateLimit: new RateLimiterMemory({ points: 30, duration: 60 }),
    onEvent: console,
  }),
  (request, response) => response.json(request.upload),
)

app.use('/images', serveUploads('./uploads'))
app.use(express.static(fileURLToPath(new URL('public', import.meta.url))))

const server = app.listen(Number(process.env.PORT ?? 3000), () =>
  console.log(`http://localhost:${server.address().port}`),
)
