import { memoryHandler } from '../apps.mjs'

/** @type {import('../row.js').Row} */
export default {
  title: 'Deno',
  install: { deno: '2.9.6' },
  files: {
    'handler.mjs': memoryHandler,
    'server.mjs': `
import { handler } from './handler.mjs'

Deno.serve({ port: Number(Deno.env.get('PORT')) }, handler)
`,
  },
  start: 'deno run -A --node-modules-dir=manual server.mjs',
}
