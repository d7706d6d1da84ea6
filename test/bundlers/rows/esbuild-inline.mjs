import { nodeServer } from '../apps.mjs'

/** @type {import('../row.js').Row} */
export default {
  title: 'esbuild with conditions of its own, and /inline',
  install: { esbuild: '0.28.2' },
  files: { 'server.mjs': `import '@sluice/codecs/inline'\n${nodeServer}` },
  build: ['esbuild server.mjs --bundle --platform=node --conditions=production --outfile=out/server.cjs'],
  ship: 'out',
  start: 'node server.cjs',
}
