import { nodeServer } from '../apps.mjs'

/** @type {import('../row.js').Row} */
export default {
  title: 'rollup with @rollup/plugin-node-resolve',
  install: { rollup: '4.68.8', '@rollup/plugin-node-resolve': '16.0.3' },
  files: {
    'server.mjs': nodeServer,
    'rollup.config.mjs': `
import { nodeResolve } from '@rollup/plugin-node-resolve'

export default {
  input: 'server.mjs',
  output: { file: 'out/server.mjs' },
  plugins: [nodeResolve({ exportConditions: ['node'] })],
}
`,
  },
  build: ['rollup -c'],
  ship: 'out',
  start: 'node server.mjs',
}
