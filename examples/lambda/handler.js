import { readFile } from 'node:fs/promises'
import { Hono } from 'hono'
import { handle } from 'hono/aws-lambda'
import { imageUpload } from 'sluice/hono'
import { fsStore } from 'sluice/stores/fs'
import { s3Store } from 'sluice/stores/s3'

const { BUCKET, AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = process.env

/** The bucket of the function, with the credentials of its role; a folder where it is only tried. */
const store = BUCKET
  ? s3Store({
      bucket: `https://${BUCKET}.s3.${AWS_REGION}.amazonaws.com`,
      region: AWS_REGION,
      accessKeyId: AWS_ACCESS_KEY_ID,
      secretAccessKey: AWS_SECRET_ACCESS_KEY,
      sessionToken: AWS_SESSION_TOKEN,
    })
  : fsStore('./uploads')

const app = new Hono()
app.post('/images', imageUpload({ store, public: true }), c => c.json(c.get('upload')))
app.get('/images/:month/:file', async c => {
  const { month, file } = c.req.param()
  const bytes = await store.get(`${month}/${file}`)
  if (!bytes) return c.notFound()
  c.header('content-type', `image/${file.split('.').pop()}`)
  c.header('cache-control', 'public, max-age=31536000, immutable')
  return c.body(bytes)
})
app.get('/', async c => c.html(await readFile(new URL('index.html', import.meta.url), 'utf8')))

export const handler = handle(app)
