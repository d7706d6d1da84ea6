import { nodeServer } from '../apps.mjs'

/** @type {import('../row.js').Row} */
export default {
  title: 'Node, no bundler',
  files: { 'server.mjs': nodeServer },
  start: 'node server.mjs',
}
