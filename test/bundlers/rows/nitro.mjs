/** @type {import('../row.js').Row} */
export default {
  title: 'Nitro 2',
  install: { nitropack: '2.13.6' },
  files: {
    'nitro.config.mjs': "export default { srcDir: 'server', compatibilityDate: '2026-01-01' }\n",
    'server/routes/images.post.js': `
import { uploadHandler } from '@sluice/adapters/fetch'

const upload = uploadHandler({ store: './uploads', public: true })

export default defineEventHandler(event => upload(toWebRequest(event)))
`,
  },
  build: ['nitropack build'],
  ship: '.output',
  start: 'node server/index.mjs',
}
