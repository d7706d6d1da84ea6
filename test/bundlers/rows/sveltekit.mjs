/** @type {import('../row.js').Row} */
export default {
  title: 'SvelteKit, adapter-node',
  node: '24',
  install: {
    '@sveltejs/kit': '3.2.0',
    '@sveltejs/adapter-node': '6.0.1',
    '@sveltejs/vite-plugin-svelte': '7.3.1',
    svelte: '5.57.3',
    vite: '8.3.8',
  },
  files: {
    'vite.config.js': `
import adapter from '@sveltejs/adapter-node'
import { sveltekit } from '@sveltejs/kit/vite'

export default { plugins: [sveltekit({ adapter: adapter() })] }
`,
    'src/app.html': '<html><head>%sveltekit.head%</head><body>%sveltekit.body%</body></html>\n',
    'src/routes/+page.svelte': '<p>here</p>\n',
    'src/routes/images/+server.js': `
import { uploadHandler } from '@sluice/adapters/fetch'

const upload = uploadHandler({ store: './uploads', public: true })

export const POST = ({ request, platform }) => upload(request, platform)
`,
  },
  build: ['vite build'],
  start: 'ORIGIN=http://127.0.0.1:$PORT BODY_SIZE_LIMIT=8M node build',
}
