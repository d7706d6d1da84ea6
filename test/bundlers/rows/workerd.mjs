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
import { spawn } from 'node:child_process'
import { readdirSync, writeFileSync } from 'node:fs'
import workerd from 'workerd'

const modules = readdirSync('out').filter(name => name.endsWith('.wasm'))
writeFileSync('out/config.capnp', \`
  using Workerd = import "/workerd/workerd.capnp";
  const config :Workerd.Config = (
    services = [(name = "main", worker = .main)],
    sockets = [(name = "http", address = "127.0.0.1:\${process.env.PORT}", http = (), service = "main")],
  );
  const main :Workerd.Worker = (
    compatibilityDate = "2026-01-01",
    modules = [
      (name = "worker.js", esModule = embed "worker.js"),
      \${modules.map(name => \`(name = "./\${name}", wasm = embed "\${name}"),\`).join(' ')}
    ],
  );
\`)
spawn(workerd.default ?? workerd, ['serve', 'out/config.capnp'], { stdio: 'inherit' })
`,
  },
  build: ['wrangler deploy --dry-run --outdir out'],
  start: 'node start.mjs',
}
