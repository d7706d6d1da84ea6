import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const built = join(root, 'dist/encoder.wasm')

/** Newest change of what the module is made from. */
function changed(): number {
  const sources = ['assembly', 'tables'].flatMap(folder =>
    readdirSync(join(root, folder), { recursive: true }).map(name => join(root, folder, String(name))),
  )
  return Math.max(...[...sources, join(root, 'build.mjs')].map(path => statSync(path).mtimeMs))
}

if (!existsSync(built) || statSync(built).mtimeMs < changed()) execFileSync('node', [join(root, 'build.mjs')])

/** The module as built by `node build.mjs`. */
export const wasm = readFileSync(built)
export const module = new WebAssembly.Module(wasm)

/** A memory with a ceiling in MiB. */
export const memory = (mebibytes = 256) => new WebAssembly.Memory({ initial: 2, maximum: mebibytes * 16 })
