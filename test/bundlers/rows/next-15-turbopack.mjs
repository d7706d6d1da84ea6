import { nextApp } from '../apps.mjs'

/** @type {import('../row.js').Row} */
export default {
  title: 'Next.js 15, turbopack',
  ...nextApp({ next: '15.5.29' }),
  build: ['next build --turbopack'],
  start: 'next start -p $PORT',
}
