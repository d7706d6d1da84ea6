/** @type {import('../row.js').Row} */
export default {
  title: 'Nuxt (Nitro)',
  node: '24',
  install: { nuxt: '4.5.2', vue: '3.5.25' },
  files: {
    'nuxt.config.ts':
      "export default defineNuxtConfig({ compatibilityDate: '2026-01-01', telemetry: false })\n",
    'app.vue': '<template><p>here</p></template>\n',
    'server/routes/images.post.js': `
import { uploadHandler } from '@sluice/adapters/fetch'

const upload = uploadHandler({ store: './uploads', public: true })

export default defineEventHandler(event => upload(toWebRequest(event)))
`,
  },
  build: ['nuxt build'],
  ship: '.output',
  start: 'node server/index.mjs',
}
