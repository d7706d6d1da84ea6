import express from 'express'
import { imageUpload } from 'sluice/express'

const app = express()
app.post('/images', imageUpload({ store: './uploads', public: true }), (request, response) =>
  response.json(request.upload),
)
app.use('/images', express.static('uploads', { immutable: true, maxAge: '1y', index: false }))
app.use(express.static('public', { extensions: ['html'] }))

const server = app.listen(Number(process.env.PORT ?? 3000), () =>
  console.log(`http://localhost:${server.address().port}`),
)
