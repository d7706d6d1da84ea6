import { type ImageUploadOptions, imageUpload } from '@sluice/adapters/fastify'
import Fastify, { type FastifyRequest } from 'fastify'
import { endpoints, hasMany, keptEndpoint } from './endpoints.js'

const app = Fastify({ forceCloseConnections: true })
const options = endpoints<FastifyRequest>((request, name) => request.headers[name]?.toString())
for (const [prefix, each] of Object.entries(options)) {
  const upload: ImageUploadOptions = {
    ...each,
    prefix,
    // Of the table, which tries them all.
    method: app.supportedMethods,
    handler: (request, reply) => reply.send(hasMany(each) ? { uploads: request.uploads } : request.upload),
  }
  app.register(imageUpload, upload)
}
const kept = keptEndpoint()
app.register(imageUpload, {
  ...kept.options,
  prefix: '/kept',
  handler: (request, reply) => reply.code(kept.answer(request.headers['x-answer']?.toString())).send(''),
})
app.get('/kept', async () => String(await kept.count()))
app.setErrorHandler((_error, _request, reply) => reply.code(500).send('failed'))
await app.listen({ port: 0, host: '127.0.0.1' })
console.log(`PORT ${(app.server.address() as { port: number }).port}`)
