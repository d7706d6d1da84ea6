import express from 'express'
import { imageUpload, serveUploads } from 'sluice/express'

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

app.use('/images', serveUploads('./uploads'))
app.use(express.static('public'))

const server = app.listen(Number(process.env.PORT ?? 3000), () =>
  console.log(`http://localhost:${server.address().port}`),
)
