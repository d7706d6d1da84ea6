import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { copyFile, mkdir, mkdtemp, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** @import { EsbuildHooks } from '../types.js' */

const rivals = createRequire(new URL('../rivals/package.json', import.meta.url))
const entry = fileURLToPath(new URL('../contenders/worker.mjs', import.meta.url))
const cache = fileURLToPath(new URL('../.cache', import.meta.url))

/**
 * The smallest Worker that takes an upload, bundled as its own tools would and run by workerd. The bundle is made new each
 * time: it must be that of the sources as they are.
 */
export async function workerBundle() {
  await mkdir(cache, { recursive: true })
  const folder = await mkdtemp(join(cache, 'worker-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  await rivals('esbuild').build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    conditions: ['workerd', 'worker'],
    logLevel: 'silent',
    outfile: join(folder, 'worker.js'),
    plugins: [modulesBeside(folder)],
  })
  const files = await readdir(folder)
  const config = join(folder, 'config.capnp')
  await writeFile(config, configuration(files.filter(file => file.endsWith('.wasm'))))
  const sizes = await Promise.all(files.map(async file => (await stat(join(folder, file))).size))
  return {
    bytes: sizes.reduce((sum, size) => sum + size, 0),
    /** @param {string} path */
    firstImage: path => firstImage(config, path),
  }
}

/** workerd takes WebAssembly as modules of its own. @param {string} folder */
function modulesBeside(folder) {
  return {
    name: 'modules-beside',
    /** @param {EsbuildHooks} builder */
    setup(builder) {
      builder.onResolve({ filter: /\.wasm$/ }, async ({ path, resolveDir }) => {
        await copyFile(join(resolveDir, path), join(folder, basename(path)))
        return { path: `./${basename(path)}`, external: true }
      })
    },
  }
}

/** @param {readonly string[]} modules */
const configuration = modules => `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [ (name = "main", worker = .app) ],
  sockets = [ (name = "http", address = "127.0.0.1:0", http = (), service = "main") ],
);
const app :Workerd.Worker = (
  modules = [
    (name = "worker.js", esModule = embed "worker.js"),
${modules.map(name => `    (name = "${name}", wasm = embed "${name}"),`).join('\n')}
  ],
  compatibilityDate = "2026-01-01",
);
`

/** Starts workerd and has it make one image; ends it. @param {string} config @param {string} path */
async function firstImage(config, path) {
  const server = spawn(await binary(), ['serve', config, '--control-fd=1'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  try {
    const port = await new Promise((resolve, reject) => {
      server.stdout.on('data', data => {
        const found = /"port":(\d+)/.exec(data)
        if (found) resolve(found[1])
      })
      server.on('exit', code => reject(new Error(`workerd ended with ${code}`)))
    })
    const body = await readFile(path)
    const response = await fetch(`http://127.0.0.1:${port}/`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'image/jpeg' },
    })
    const answer = await response.text()
    if (response.status !== 200)
      throw new Error(`workerd answered ${response.status}: ${answer.slice(0, 100)}`)
  } finally {
    server.kill('SIGKILL')
  }
}

/**
 * Its package fetches the program in an install script, which is not run here: the program lies in a package
 * beside.
 */
async function binary() {
  const scope = join(dirname(rivals.resolve('workerd/package.json')), '..', '@cloudflare')
  const name = (await readdir(scope)).find(each => each.startsWith('workerd-'))
  if (!name) throw new Error('there is no workerd for this machine')
  return join(scope, name, 'bin/workerd')
}
