import { serve } from '@hono/node-server'
import { imageUpload } from '@sluice/adapters/hono'
import { type Context, Hono } from 'hono'
import { endpoints } from './endpoints.js'

const app = new Hono()
// biome-ignore lint/suspicious/noExplicitAny: endpoints are the same for every framework, so the context is any one
const options = endpoints<Context<any>>((context, name) => context.req.header(name))
for (const [path, each] of Object.entries(options))
  app.all(path, imageUpload(each), context =>
    context.json(
      each.maxFiles === undefined ? context.get('upload') : { uploads: context.get('uploadForm').uploads },
    ),
  )
serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => console.log(`PORT ${port}`))
