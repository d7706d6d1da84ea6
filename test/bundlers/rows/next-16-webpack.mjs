import { nextApp } from '../apps.mjs'

/** @type {import('../row.js').Row} */
export default {
  title: 'Next.js 16, webpack',
  ...nextApp({ next: '16.4.6' }),
  build: ['next build --webpack'],
  start: 'next start -p $PORT',
}
