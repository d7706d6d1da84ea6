import { memoryHandler } from '../apps.mjs'

/** @type {import('../row.js').Row} */
export default {
  title: 'wrangler (deploy --dry-run), started in workerd',
  node: '22',
  install: { wrangler: '4.164.0' },
  files: {
    'handler.mjs': memoryHandler,
    'worker.mjs': `
import { handler } from './handler.mjs'

export default { fetch: handler }
`,
    'wrangler.json': JSON.stringify({
      name: 'row',
      main: 'worker.mjs',
      compatibility_date: '2026-01-01',
    }),
    // What was made for the upload, and nothing else, in the runtime of Cloudflare.
    'start.mjs': `
import { Miniflare } from 'miniflare'

const miniflare = new Miniflare({
  modules: true,
  scriptPath: 'out/worker.js',
  modulesRules: [{ type: 'CompiledWasm', include: ['**/*.wasm'] }],
  compatibilityDate: '2026-01-01',
  port: Number(process.env.PORT),
  cf: false,
})
await miniflare.ready
`,
  },
  build: ['wrangler deploy --dry-run --outdir out'],
  start: 'node start.mjs',
}
