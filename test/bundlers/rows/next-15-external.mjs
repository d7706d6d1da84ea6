import { nextApp } from '../apps.mjs'

const config = { output: 'standalone', serverExternalPackages: ['@sluice/adapters', '@sluice/codecs'] }

/** @type {import('../row.js').Row} */
export default {
  title: 'Next.js 15, standalone output, serverExternalPackages (traced by @vercel/nft)',
  ...nextApp({ next: '15.5.29', config }),
  build: ['next build'],
  ship: '.next/standalone',
  start: 'node server.js',
}
