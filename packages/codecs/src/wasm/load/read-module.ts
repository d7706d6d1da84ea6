import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { compileModule } from '@sluice/sandbox'

export async function readModule(url: URL): Promise<WebAssembly.Module> {
  return compileModule(await readFile(url))
}

/** A bundler may have made a URL of it that no file system knows. */
export function isFile(url: URL): boolean {
  return url.protocol === 'file:' && existsSync(url)
}
