import { serve } from '@hono/node-server'
import { imageUpload } from '@sluice/adapters/hono'
import { type Context, type Env, Hono } from 'hono'
import { endpoints, keptEndpoint } from './endpoints.js'

const app = new Hono()
const options = endpoints<Context<Env>>((context, name) => context.req.header(name))
for (const [path, each] of Object.entries(options))
  app.all(path, imageUpload(each), context =>
    context.json(
      each.maxFiles === undefined && each.fields === undefined
        ? context.get('upload')
        : { uploads: context.get('uploads') },
    ),
  )
const kept = keptEndpoint()
app.post('/kept', imageUpload(kept.options), context =>
  context.body(null, kept.answer(context.req.header('x-answer')) as never),
)
app.get('/kept', async context => context.text(String(await kept.count())))
app.onError((_error, context) => context.text('failed', 500))
serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => console.log(`PORT ${port}`))
