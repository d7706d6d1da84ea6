// Vercel's edge runtime: the application in a VM with the globals of the edge, and no module system.
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'

const { EdgeRuntime, runServer } = createRequire(new URL('../runtimes/package.json', import.meta.url))(
  'edge-runtime',
)
const [bundle = ''] = process.argv.slice(2)

// The platform compiles WebAssembly at deployment and hands over modules.
const wasm = readdirSync(dirname(bundle)).filter(file => file.endsWith('.wasm'))
const modules = Object.fromEntries(
  await Promise.all(
    wasm.map(async file => [
      basename(file, '.wasm'),
      await WebAssembly.compile(readFileSync(join(dirname(bundle), file))),
    ]),
  ),
)
const runtime = new EdgeRuntime({
  initialCode: readFileSync(bundle, 'utf8'),
  extend: context => Object.assign(context, { wasmModules: modules }),
})
const server = await runServer({ runtime, port: 0, host: '127.0.0.1' })
console.log(`PORT ${new URL(server.url).port}`)
