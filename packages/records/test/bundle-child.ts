import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const require = createRequire(import.meta.url)

/** A program of the tests as one file that any Node runs, sources in place of packages; found again from anywhere. */
export async function bundleChild(name: string, outfile: string): Promise<string> {
  await build({
    entryPoints: [fileURLToPath(new URL(`${name}.ts`, import.meta.url))],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    conditions: ['@sluice/source'],
    alias: { 'node-sqlite3-wasm': require.resolve('node-sqlite3-wasm'), pg: require.resolve('pg') },
    external: [require.resolve('node-sqlite3-wasm'), require.resolve('pg')],
    logLevel: 'warning',
  })
  return outfile
}
