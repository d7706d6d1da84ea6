// killed-upload.ts FOLDER: an upload of two files, killed (SIGKILL) while the second is made.
import { uploadHandler } from '@sluice/adapters/fetch'
import { pngImage } from '../../../packages/adapters/test/images.js'
import { file, formType, multipartBody } from '../../../packages/adapters/test/multipart-body.js'
import { toyRenderer } from '../../../packages/adapters/test/toy-renderer.js'

let rendered = 0
const handler = uploadHandler({
  store: process.argv[2] ?? '',
  public: true,
  maxFiles: 2,
  onEvent: false,
  renderer: {
    ...toyRenderer,
    async render(...given) {
      rendered++
      if (rendered === 2) process.kill(process.pid, 'SIGKILL')
      return toyRenderer.render(...given)
    },
  },
})
const png = pngImage()
await handler(
  new Request('https://here.example/', {
    method: 'POST',
    body: multipartBody([file(png), file(png)]),
    headers: { 'content-type': formType },
  }),
)
