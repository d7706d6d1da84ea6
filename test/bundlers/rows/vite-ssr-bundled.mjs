import { nodeServer } from '../apps.mjs'

/** @type {import('../row.js').Row} */
export default {
  title: 'Vite, SSR build with ssr.noExternal',
  install: { vite: '8.3.8' },
  files: {
    'server.mjs': nodeServer,
    'vite.config.mjs': 'export default { ssr: { noExternal: true } }\n',
  },
  build: ['vite build --ssr server.mjs'],
  ship: 'dist',
  start: 'node server.js || node server.mjs',
}
