import type { FastifyInstance } from 'fastify'
import { incomingHeaders } from '../node/node-request.js'
import type { StoreOption } from '../runtime/open-store.js'
import type { Readable, ServeOptions } from './options.js'
import { serving } from './serve.js'

export interface ServeUploadsOptions extends ServeOptions {
  /** A folder or a store. */
  readonly store: StoreOption<undefined, Readable>
  /** Fastify's own: where the images are. */
  readonly prefix?: string
}

/**
 * A plugin for Fastify 5 that serves what `imageUpload` stored. Its options are checked when the application
 * gets ready.
 * @throws OptionError then, if they are wrong
 * @example
 * app.register(serveUploads, { prefix: '/images', store: './uploads' })
 */
export async function serveUploads(
  app: FastifyInstance,
  { store, prefix: _, ...options }: ServeUploadsOptions,
): Promise<void> {
  const serve = serving(store, options)
  app.route({
    method: ['GET', 'HEAD'],
    url: '/:month/:name',
    async handler({ raw, method }, reply) {
      const [path = ''] = (raw.url ?? '').split('?')
      const { status, headers, body } = await serve({ method, path, fields: incomingHeaders(raw) }, undefined)
      reply.code(status).headers(headers)
      return reply.send(body && Buffer.from(body.buffer, body.byteOffset, body.length))
    },
  })
}
