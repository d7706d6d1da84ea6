// Node, Deno and Bun: all three set the condition `node` and read files through node:fs.
import { readFile } from 'node:fs/promises'
import type { ModuleName } from './module-names.js'
import { once } from './once.js'
import { urls } from './urls.js'

export const loadModule = once(async (name: ModuleName) => WebAssembly.compile(await readFile(urls[name]())))
