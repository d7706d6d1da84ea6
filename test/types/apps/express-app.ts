import { imageUpload, type Uploaded } from '@sluice/adapters/express'
import express, { type Request } from 'express'

declare global {
  namespace Express {
    interface Request {
      session?: { readonly user: number; readonly admin: boolean }
    }
  }
}

const app = express()

// `authorize` and `onStored` get the request of Express, with what the application has added to it.
app.post(
  '/albums/:album',
  imageUpload({
    store: './uploads',
    authorize: request =>
      request.session ? { role: request.get('x-role') ?? 'author', user: request.session.user } : null,
    fields: {
      avatar: { maxFiles: 1, policy: { output: { maxWidth: 400 } } },
      gallery: { maxFiles: 10, crop: 'crop' },
    },
    onStored({ uploads, fields, identity, request }) {
      const title: string | readonly string[] | undefined = fields.title
      console.log(uploads.length, title, identity.user, request.ip)
    },
    errors: 'next',
  }),
  (request, response) => {
    const album: string = request.params.album
    const first: Uploaded | undefined = request.upload
    const all: readonly Uploaded[] = request.uploads ?? []
    request.uploadForm?.confirm()
    response.json({ album, first, all })
  },
)

// A function that was written for Express is taken as it is.
const authorize = async (request: Request) => (request.session?.admin ? { role: 'admin' } : undefined)
app.post('/images', imageUpload({ store: './uploads', authorize, observe: true }), (_request, response) => {
  response.end()
})

app.get('/elsewhere', (request, response) => {
  // @ts-expect-error most routes are not behind an upload
  response.redirect(request.upload.url)
})

// @ts-expect-error a misspelt option
imageUpload({ store: './uploads', public: true, maxfiles: 2 })
// @ts-expect-error a misspelt option of a field
imageUpload({ store: './uploads', public: true, fields: { avatar: { maxfiles: 2 } } })
// @ts-expect-error a field's policy has no preset
imageUpload({ store: './uploads', public: true, fields: { avatar: { policy: { preset: 'edge' } } } })
// @ts-expect-error yes or no say nobody's name
imageUpload({ store: './uploads', authorize: () => true })
