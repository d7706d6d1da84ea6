import { express, expressServer } from '../apps.mjs'

/** @type {import('../row.js').Row} */
export default {
  title: 'esbuild, one CommonJS file',
  node: '20',
  install: { ...express, esbuild: '0.28.2' },
  files: { 'server.mjs': expressServer },
  build: ['esbuild server.mjs --bundle --minify --platform=node --outfile=out/server.cjs'],
  ship: 'out',
  start: 'node server.cjs',
}
