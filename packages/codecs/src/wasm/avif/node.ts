import { readFile } from 'node:fs/promises'
import { once } from '../once.js'
import type { AvifModule } from './module-names.js'
import { urls } from './urls.js'

export const loadModule = once(async (name: AvifModule) => WebAssembly.compile(await readFile(urls[name]())))
