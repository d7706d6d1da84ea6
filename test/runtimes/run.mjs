// Starts the program on a runtime and returns what it printed.
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { EdgeRuntime } from 'edge-runtime'
import { build } from 'esbuild'

const here = name => fileURLToPath(new URL(name, import.meta.url))
const require = createRequire(import.meta.url)
const execute = promisify(execFile)

async function start(program, args) {
  // Not the conditions of the test runner, which would lead to the sources.
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, NO_COLOR: '1' }
  const { stdout } = await execute(program, args, { cwd: here('.'), env, maxBuffer: 2 ** 24 })
  return JSON.parse(stdout.trim().split('\n').at(-1))
}

/** The program of an npm package whose install script would have put it into place. */
function platformBinary(name, platformPackage, path) {
  const own = createRequire(require.resolve(`${name}/package.json`))
  return join(dirname(own.resolve(`${platformPackage}/package.json`)), path)
}

const platform = `${process.platform}-${process.arch}`

/** Those that have threads: how each runs a script of this folder. */
const threaded = {
  node: () => [process.execPath],
  deno: () => [process.execPath, require.resolve('deno/bin.cjs'), 'run', '-A', '--node-modules-dir=manual'],
  bun: () => [platformBinary('bun', `@oven/bun-${platform}`, 'bin/bun')],
}

/** @param {keyof typeof threaded} runtime @param {string[]} script and its arguments */
export function runScript(runtime, ...script) {
  const [program, ...args] = threaded[runtime]()
  return start(program, [...args, ...script])
}

export const runtimes = {
  node: () => runScript('node', 'main.mjs'),
  deno: () => runScript('deno', 'main.mjs'),
  bun: () => runScript('bun', 'main.mjs'),
  workerd,
  'edge-runtime': edgeRuntime,
}

export const bundle = (entry, options) =>
  build({
    entryPoints: [here(entry)],
    bundle: true,
    format: 'esm',
    outdir: here('out'),
    logLevel: 'error',
    ...options,
  })

async function workerd() {
  await bundle('workerd.mjs', {
    conditions: ['workerd', 'worker', 'browser'],
    loader: { '.wasm': 'copy' },
    assetNames: '[name]',
    outExtension: { '.js': '.mjs' },
  })
  const wasm = (await readdir(here('out'))).filter(name => name.endsWith('.wasm'))
  const modules = wasm.map(name => `(name = "${name}", wasm = embed "${name}"),`)
  const config = `
    using Workerd = import "/workerd/workerd.capnp";
    const config :Workerd.Config = (services = [(name = "main", worker = .w)]);
    const w :Workerd.Worker = (
      modules = [(name = "workerd.mjs", esModule = embed "workerd.mjs"), ${modules.join(' ')}],
      compatibilityDate = "2026-01-01",
    );`
  await writeFile(here('out/config.capnp'), config)
  return await start(require('workerd').default, ['test', 'out/config.capnp'])
}

/** Modules reach this runtime as values of its context, as a deployment hands them to an edge function. */
async function edgeRuntime() {
  const modules = {}
  const plugin = {
    name: 'wasm-modules',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /\.wasm\?module$/ }, ({ path, resolveDir }) => ({
        path: join(resolveDir, path.replace('?module', '')),
        namespace: 'module',
      }))
      onLoad({ filter: /./, namespace: 'module' }, async ({ path }) => {
        const name = `WASM_${basename(path, '.wasm').replaceAll('-', '_')}`
        modules[name] = await WebAssembly.compile(await readFile(path))
        return { contents: `export default globalThis.${name}` }
      })
    },
  }
  await bundle('edge.mjs', {
    conditions: ['edge-light', 'worker', 'browser'],
    format: 'iife',
    plugins: [plugin],
  })
  const runtime = new EdgeRuntime({
    initialCode: readFileSync(here('out/edge.js'), 'utf8'),
    extend: context => Object.assign(context, modules),
  })
  return JSON.parse(await runtime.evaluate('run()'))
}

/** Writes the pictures as a module, which all runtimes can read, and libheif. @param pictures bytes by name */
export async function prepare(pictures) {
  await mkdir(here('out/made'), { recursive: true })
  const codecs = fileURLToPath(new URL('../../packages/codecs/', import.meta.url))
  await execute(process.execPath, ['dist/formats/heic/sluice-libheif.js', here('out/made/libheif.wasm')], {
    cwd: codecs,
  })
  const base64 = Object.entries(pictures).map(([name, bytes]) => [
    name,
    Buffer.from(bytes).toString('base64'),
  ])
  await writeFile(
    here('out/pictures.mjs'),
    `export const pictures = ${JSON.stringify(Object.fromEntries(base64))}\n`,
  )
}
