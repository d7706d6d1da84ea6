// The compiled modules for tests: built when they are missing or older than their source.
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const path = (name: string) => fileURLToPath(new URL(`../${name}`, import.meta.url))

function newestSource(): number {
  const names = readdirSync(path('assembly'), { recursive: true, encoding: 'utf8' }).map(f => `assembly/${f}`)
  return Math.max(
    ...[...names, 'build.mjs', 'check-every-access.mjs', 'tables/generate.mjs'].map(
      f => statSync(path(f)).mtimeMs,
    ),
  )
}

/** `debug` checks every access to memory. */
export function kernelModule(build: 'release' | 'debug' = 'release'): WebAssembly.Module {
  const last = path('dist/kernel.debug.wasm') // written after kernel.wasm
  if (!existsSync(last) || statSync(last).mtimeMs < newestSource()) {
    execFileSync(process.execPath, [path('build.mjs')], { stdio: 'pipe' })
  }
  return new WebAssembly.Module(readFileSync(build === 'debug' ? last : path('dist/kernel.wasm')))
}
