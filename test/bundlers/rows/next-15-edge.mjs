import { nextApp } from '../apps.mjs'

/** @type {import('../row.js').Row} */
export default {
  title: 'Next.js 15, webpack, edge runtime',
  ...nextApp({ next: '15.5.29', runtime: 'edge' }),
  build: ['next build'],
  start: 'next start -p $PORT',
}
