import { memoryHandler } from '../apps.mjs'

/** @type {import('../row.js').Row} */
export default {
  title: 'Bun',
  install: { bun: '1.4.5' },
  // The command is put into place by its install script.
  build: ['node node_modules/bun/install.js'],
  files: {
    'handler.mjs': memoryHandler,
    'server.mjs': `
import { handler } from './handler.mjs'

Bun.serve({ port: Number(process.env.PORT), fetch: handler })
`,
  },
  start: 'bun server.mjs',
}
