import { nextApp } from '../apps.mjs'

/** @type {import('../row.js').Row} */
export default {
  title: 'Next.js 16, turbopack, standalone output',
  ...nextApp({ next: '16.4.6', config: { output: 'standalone' } }),
  build: ['next build'],
  ship: '.next/standalone',
  start: 'node server.js',
}
