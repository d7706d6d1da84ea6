import { uploadHandler } from '@sluice/adapters/fetch'
import { nodeListener } from '@sluice/adapters/node'
import Fastify from 'fastify'

const upload = nodeListener(uploadHandler({ store: './uploads', public: true, onEvent: console }))

const app = Fastify()
// Nothing of Fastify may read the body before: uploads are counted while they come in.
app.removeAllContentTypeParsers()
app.addContentTypeParser('*', (_request, _payload, done) => done(null))
app.post('/images', (request, reply) => {
  reply.hijack()
  return upload(request.raw, reply.raw)
})

await app.listen({ port: Number(process.env.PORT ?? 3000) })
console.log(`http://localhost:${app.server.address().port}`)
