import express from 'express'
import { imageUpload } from 'sluice/express'
import { scan } from './clamd.mjs'

const socketPath = process.env.CLAMD_SOCKET ?? '/run/clamav/clamd.ctl'

const upload = imageUpload({
  store: './uploads',
  public: true,
  onEvent: console,
  /** Finished bytes only. A scanner that is down throws, and nothing is stored. */
  async beforeStore({ files }) {
    for (const { bytes } of files) if (await scan(bytes, socketPath)) return { refuse: 'a virus was found' }
  },
})

const app = express()
app.post('/images', upload, (request, response) => response.json(request.upload))
const server = app.listen(Number(process.env.PORT ?? 3000), () =>
  console.log(`http://localhost:${server.address().port}`),
)
