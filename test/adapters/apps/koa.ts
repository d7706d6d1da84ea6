import { imageUpload, type UploadState } from '@sluice/adapters/koa'
import Koa, { type Context } from 'koa'
import { endpoints, hasMany, keptEndpoint } from './endpoints.js'

const app = new Koa<UploadState>()
const options = endpoints<Context>((context, name) => context.get(name) || undefined)
const uploads = new Map(
  Object.entries(options).map(([path, each]) => [path, { each, upload: imageUpload(each) }]),
)
app.use(async (context, next) => {
  const found = uploads.get(context.path)
  if (!found) return next()
  await found.upload(context, async () => {
    const { upload, uploads } = context.state
    context.body = hasMany(found.each) ? { uploads } : upload
  })
})
const kept = keptEndpoint()
const upload = imageUpload(kept.options)
app.use(async context => {
  if (context.method === 'GET') context.body = String(await kept.count())
  else
    await upload(context, async () => {
      context.status = kept.answer(context.get('x-answer'))
      context.body = ''
    })
})
// Told by the application's own handler, which is not on trial.
app.on('error', () => {})
const server = app.listen(0, '127.0.0.1', () =>
  console.log(`PORT ${(server.address() as { port: number }).port}`),
)
