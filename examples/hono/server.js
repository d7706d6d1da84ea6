import { serve } from '@hono/node-server'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'
import { imageUpload, serveUploads } from 'sluice/hono'

const app = new Hono()
app.post('/images', imageUpload({ store: './uploads', public: true }), c => c.json(c.get('upload')))
app.use('/images/*', serveUploads('./uploads'))
app.get('/', serveStatic({ path: 'index.html' }))

serve({ fetch: app.fetch, port: Number(process.env.PORT ?? 3000) }, ({ port }) =>
  console.log(`http://localhost:${port}`),
)
