import { copyFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { BuildOptions, Plugin } from 'esbuild'

const { build }: typeof import('esbuild') = createRequire(
  new URL('../runtimes/package.json', import.meta.url),
)('esbuild')

const source = (app: string) => fileURLToPath(new URL(`apps/${app}.ts`, import.meta.url))

/** An application of the test as one file in the project, its packages left as imports. */
export async function bundle(project: string, app: string): Promise<string> {
  const outfile = join(project, `${app}.mjs`)
  await build({ ...common(project, app), outfile, plugins: [packagesStay] })
  return outfile
}

/** Tests are written with sources at hand; in the project only what the tarballs brought may be found. */
const packagesStay: Plugin = {
  name: 'packages-stay',
  setup(builder) {
    builder.onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
      kind === 'entry-point' ? undefined : { path, external: true },
    )
  },
}

const common = (project: string, app: string): BuildOptions => ({
  entryPoints: [source(app)],
  bundle: true,
  format: 'esm',
  target: 'es2022',
  logLevel: 'warning',
  absWorkingDir: project,
})

/**
 * A Worker as its own tools would upload it: one module and the WASM files. Returns the configuration of
 * workerd.
 */
export async function bundleWorker(
  project: string,
  app: string,
  options: BuildOptions = {},
): Promise<string> {
  const folder = join(project, `${app}-build`)
  mkdirSync(folder, { recursive: true })
  await build({
    ...common(project, app),
    ...options,
    outfile: join(folder, 'worker.js'),
    conditions: ['workerd', 'worker'],
    plugins: [packagesFrom(project), wasmFiles(folder, path => ({ path: `./${path}`, external: true }))],
  })
  const wasm = readdirSync(folder).filter(file => file.endsWith('.wasm'))
  const config = join(folder, 'config.capnp')
  writeFileSync(
    config,
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [ (name = "main", worker = .app) ],
  sockets = [ (name = "http", address = "127.0.0.1:0", http = (), service = "main") ],
);
const app :Workerd.Worker = (
  modules = [
    (name = "worker.js", esModule = embed "worker.js"),
${wasm.map(file => `    (name = "${file}", wasm = embed "${file}"),`).join('\n')}
  ],
  compatibilityDate = "2026-01-01",
);
`,
  )
  return config
}

/** One script for the VM; modules come as globals, as the platform's own bundler arranges it. */
export async function bundleEdge(project: string): Promise<string> {
  const folder = join(project, 'edge')
  mkdirSync(folder, { recursive: true })
  const outfile = join(folder, 'edge.js')
  await build({
    ...common(project, 'edge'),
    format: 'iife',
    outfile,
    conditions: ['edge-light', 'worker'],
    plugins: [packagesFrom(project), wasmFiles(folder, path => ({ path, namespace: 'wasm-global' }))],
  })
  return outfile
}

/** Resolves bare imports in the project, never in the workspace that the test itself lies in. */
function packagesFrom(project: string): Plugin {
  return {
    name: 'packages-from-project',
    setup(builder) {
      builder.onResolve({ filter: /^(@sluice|hono|@hono)\// }, ({ path, kind, pluginData }) =>
        pluginData === 'inner'
          ? undefined
          : builder.resolve(path, { kind, resolveDir: project, pluginData: 'inner' }),
      )
    },
  }
}

function wasmFiles(
  folder: string,
  result: (name: string) => { path: string; external?: boolean; namespace?: string },
): Plugin {
  return {
    name: 'wasm-files',
    setup(builder) {
      builder.onResolve({ filter: /\.wasm(\?module)?$/ }, ({ path, resolveDir }) => {
        const name = basename(path.replace('?module', ''))
        copyFileSync(join(resolveDir, path.replace('?module', '')), join(folder, name))
        return result(name)
      })
      builder.onLoad({ filter: /.*/, namespace: 'wasm-global' }, ({ path }) => ({
        contents: `export default wasmModules[${JSON.stringify(basename(path, '.wasm'))}]`,
      }))
    },
  }
}
