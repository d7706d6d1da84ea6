/** @type {import('../row.js').Row} */
export default {
  title: 'Astro, @astrojs/node',
  node: '24',
  install: { astro: '7.3.5', '@astrojs/node': '11.1.6' },
  files: {
    'astro.config.mjs': `
import node from '@astrojs/node'

export default { output: 'server', adapter: node({ mode: 'standalone' }) }
`,
    'src/pages/index.astro': '<p>here</p>\n',
    'src/pages/images.js': `
import { uploadHandler } from '@sluice/adapters/fetch'

const upload = uploadHandler({ store: './uploads', public: true })

export const POST = ({ request }) => upload(request)
`,
  },
  build: ['astro build'],
  start: 'HOST=127.0.0.1 node dist/server/entry.mjs',
}
