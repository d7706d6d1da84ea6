import { nextApp } from '../apps.mjs'

/** @type {import('../row.js').Row} */
export default {
  title: 'Next.js 15, webpack, standalone output',
  ...nextApp({ next: '15.5.29', config: { output: 'standalone' } }),
  build: ['next build'],
  ship: '.next/standalone',
  start: 'node server.js',
}
