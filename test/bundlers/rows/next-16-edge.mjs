import { nextApp } from '../apps.mjs'

/** @type {import('../row.js').Row} */
export default {
  title: 'Next.js 16, turbopack, edge runtime',
  ...nextApp({ next: '16.4.6', runtime: 'edge' }),
  build: ['next build'],
  start: 'next start -p $PORT',
}
