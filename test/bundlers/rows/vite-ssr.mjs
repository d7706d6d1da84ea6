import { nodeServer } from '../apps.mjs'

/** @type {import('../row.js').Row} */
export default {
  title: 'Vite, SSR build',
  install: { vite: '8.3.8' },
  files: { 'server.mjs': nodeServer },
  build: ['vite build --ssr server.mjs'],
  start: 'node dist/server.js',
}
