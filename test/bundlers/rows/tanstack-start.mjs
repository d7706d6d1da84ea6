/** @type {import('../row.js').Row} */
export default {
  title: 'TanStack Start',
  node: '24',
  install: {
    '@tanstack/react-start': '1.169.5',
    '@tanstack/react-router': '1.170.46',
    '@vitejs/plugin-react': '6.3.0',
    react: '19.2.1',
    'react-dom': '19.2.1',
    vite: '8.3.8',
  },
  files: {
    'vite.config.js': `
import { tanstackStart } from '@tanstack/react-start/plugin/vite'
import react from '@vitejs/plugin-react'

export default { plugins: [tanstackStart(), react()] }
`,
    'tsconfig.json':
      '{ "compilerOptions": { "jsx": "react-jsx", "module": "ESNext", "moduleResolution": "Bundler" } }\n',
    'src/router.tsx': `
import { createRouter } from '@tanstack/react-router'
import { routeTree } from './routeTree.gen'

export const getRouter = () => createRouter({ routeTree })
`,
    'src/routes/__root.tsx': `
import { createRootRoute, Outlet, Scripts } from '@tanstack/react-router'

export const Route = createRootRoute({
  component: () => <html><body><Outlet /><Scripts /></body></html>,
})
`,
    'src/routes/index.tsx': `
import { createFileRoute } from '@tanstack/react-router'

export const Route = createFileRoute('/')({ component: () => <p>here</p> })
`,
    'src/routes/images.ts': `
import { createFileRoute } from '@tanstack/react-router'
import { uploadHandler } from '@sluice/adapters/fetch'

const upload = uploadHandler({ store: './uploads', public: true })

export const Route = createFileRoute('/images')({
  server: { handlers: { POST: ({ request }) => upload(request) } },
})
`,
    // It builds a fetch handler, and leaves it to whoever hosts it to listen.
    'start.mjs': `
import { createServer } from 'node:http'
import { nodeListener } from '@sluice/adapters/node'
import server from './dist/server/server.js'

createServer(nodeListener(request => server.fetch(request))).listen(process.env.PORT)
`,
  },
  build: ['vite build'],
  start: 'node start.mjs',
}
