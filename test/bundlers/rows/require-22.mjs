import { requiringServer } from '../apps.mjs'

/** @type {import('../row.js').Row} */
export default {
  title: 'require() on Node 22',
  node: '22',
  manifest: { type: 'commonjs' },
  files: { 'server.cjs': requiringServer },
  start: 'node server.cjs',
}
