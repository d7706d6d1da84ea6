import Koa from 'koa'
import mount from 'koa-mount'
import serveFiles from 'koa-static'
import { imageUpload } from 'sluice/koa'

const upload = imageUpload({ store: './uploads', public: true })

const app = new Koa()
app.use(async (context, next) => {
  if (context.method !== 'POST' || context.path !== '/images') return next()
  await upload(context, async () => {
    context.body = context.state.upload
  })
})
app.use(mount('/images', serveFiles('uploads', { maxage: 365 * 86_400_000, immutable: true })))
app.use(serveFiles('public'))

const server = app.listen(Number(process.env.PORT ?? 3000), () =>
  console.log(`http://localhost:${server.address().port}`),
)
