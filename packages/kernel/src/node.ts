import { readFile } from 'node:fs/promises'
import { compileKernel } from './instance.js'

/** kernel.wasm, compiled from where the package is installed: for runtimes with a file system. */
export async function loadKernel(): Promise<WebAssembly.Module> {
  return compileKernel(await readFile(new URL('../dist/kernel.wasm', import.meta.url)))
}
