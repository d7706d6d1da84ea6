import { imageUpload, type UploadState } from '@sluice/adapters/koa'
import Koa, { type Context } from 'koa'
import { endpoints } from './endpoints.js'

const app = new Koa<UploadState>()
const options = endpoints<Context>((context, name) => context.get(name) || undefined)
const uploads = new Map(
  Object.entries(options).map(([path, each]) => [path, { each, upload: imageUpload(each) }]),
)
app.use(async (context, next) => {
  const found = uploads.get(context.path)
  if (!found) return next()
  await found.upload(context, async () => {
    const { upload, uploadForm } = context.state
    context.body = found.each.maxFiles === undefined ? upload : { uploads: uploadForm.uploads }
  })
})
const server = app.listen(0, '127.0.0.1', () =>
  console.log(`PORT ${(server.address() as { port: number }).port}`),
)
