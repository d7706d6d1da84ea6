import { type ImageUploadOptions, imageUpload } from '@sluice/adapters/fastify'
import Fastify, { type FastifyRequest } from 'fastify'
import { endpoints } from './endpoints.js'

const app = Fastify({ forceCloseConnections: true })
const options = endpoints<FastifyRequest>((request, name) => request.headers[name]?.toString())
for (const [prefix, each] of Object.entries(options)) {
  const upload: ImageUploadOptions = {
    ...each,
    prefix,
    // Of the table, which tries them all.
    method: app.supportedMethods,
    handler: (request, reply) =>
      reply.send(each.maxFiles === undefined ? request.upload : { uploads: request.uploadForm?.uploads }),
  }
  app.register(imageUpload, upload)
}
await app.listen({ port: 0, host: '127.0.0.1' })
console.log(`PORT ${(app.server.address() as { port: number }).port}`)
