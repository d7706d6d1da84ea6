import { express, expressServer } from '../apps.mjs'

/** @type {import('../row.js').Row} */
export default {
  title: '@vercel/ncc, with /inline',
  install: { ...express, '@vercel/ncc': '0.45.0' },
  files: { 'server.mjs': `import '@sluice/codecs/inline'\n${expressServer}` },
  build: ['ncc build server.mjs -o out'],
  ship: 'out',
  start: 'node index.js || node index.mjs',
}
