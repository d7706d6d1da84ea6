import serveFiles from '@fastify/static'
import Fastify from 'fastify'
import { imageUpload } from 'sluice/fastify'

const here = path => new URL(path, import.meta.url)

const app = Fastify()
// A scope of its own: bodies of all other routes are parsed as before.
app.register(imageUpload, { prefix: '/images', store: './uploads', public: true })
app.post('/echo', async request => request.body)
app.register(serveFiles, { root: here('uploads/'), prefix: '/images/', maxAge: '1y', immutable: true })
app.get('/', (_request, reply) => reply.sendFile('index.html', here('.').pathname))

console.log(await app.listen({ port: Number(process.env.PORT ?? 3000) }))
