import { imageUpload } from '@sluice/adapters/hono'
import type { Store } from '@sluice/core'
import { memoryStore } from '@sluice/stores'
import { type Context, Hono } from 'hono'

type App = {
  Bindings: { readonly BUCKET: Store }
  Variables: { user: { readonly name: string } }
}

const app = new Hono<App>()
app.use(async (context, next) => {
  context.set('user', { name: 'ann' })
  await next()
})

// The application's type is said once; bindings and variables follow.
app.post(
  '/images',
  imageUpload<App>({
    store: bindings => bindings.BUCKET,
    authorize: context => ({
      role: context.req.header('x-role') ?? 'author',
      user: context.get('user').name,
    }),
    onStored: ({ request, fields }) => console.log(request.var.user.name, fields.title),
  }),
  context => {
    const url: string = context.get('upload').url
    const count: number = context.get('uploads').length
    context.get('uploadForm').confirm()
    return context.json({ url, count, user: context.get('user').name })
  },
)

// Or it is that of a function which was written for the application.
const authorize = (context: Context<App>) => ({ role: 'author', user: context.var.user.name })
app.post('/more', imageUpload({ store: memoryStore(), authorize }), context =>
  context.json({ url: context.get('upload').url, user: context.get('user').name }),
)

app.post('/open', imageUpload({ store: memoryStore(), public: true }), context => {
  // @ts-expect-error no such variable
  context.get('uplaod')
  return context.json(context.get('upload'))
})

app.post(
  '/wrong',
  imageUpload<App>({
    store: memoryStore(),
    // @ts-expect-error no such variable
    authorize: context => ({ role: 'author', user: context.get('session') }),
  }),
)

export default app
