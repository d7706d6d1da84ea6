import express from 'express'
import { imageUpload } from 'sluice/express'

const app = express()

app.post(
  '/images',
  imageUpload({
    store: './uploads',
    // Your session goes here: who is it, and in what role? null is nobody.
    // authorize: request => (request.session.user ? { role: 'author', user: request.session.user.id } : null),
    public: true,
  }),
  (request, response) => response.json(request.upload),
)

// In production a web server or a bucket does this: images are files that never change.
app.use('/images', express.static('uploads', { immutable: true, maxAge: '1y', index: false }))
app.use(express.static('public'))

const server = app.listen(Number(process.env.PORT ?? 3000), () =>
  console.log(`http://localhost:${server.address().port}`),
)
