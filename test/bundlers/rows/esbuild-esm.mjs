import { express, expressServer } from '../apps.mjs'

// Express is CommonJS: it asks for `require`, which a file of ES modules has not.
const banner =
  '--banner:js="import { createRequire } from \'node:module\'; const require = createRequire(import.meta.url)"'

/** @type {import('../row.js').Row} */
export default {
  title: 'esbuild, one ESM file',
  install: { ...express, esbuild: '0.28.2' },
  files: { 'server.mjs': expressServer },
  build: [`esbuild server.mjs --bundle --platform=node --format=esm ${banner} --outfile=out/server.mjs`],
  ship: 'out',
  start: 'node server.mjs',
}
