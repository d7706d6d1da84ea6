import { uploadHandler } from '@sluice/adapters/fetch'
import { nodeListener } from '@sluice/adapters/node'
import Koa from 'koa'

const upload = nodeListener(uploadHandler({ store: './uploads', public: true, onEvent: console }))

const app = new Koa()
app.use(async (context, next) => {
  if (context.path !== '/images') return next()
  // The answer is written by the handler itself.
  context.respond = false
  await upload(context.req, context.res)
})

const server = app.listen(Number(process.env.PORT ?? 3000), () =>
  console.log(`http://localhost:${server.address().port}`),
)
