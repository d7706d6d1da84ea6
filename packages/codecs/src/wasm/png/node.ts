import { readFile } from 'node:fs/promises'
import { once } from '../once.js'
import type { PngModule } from './module-names.js'
import { urls } from './urls.js'

export const loadModule = once(async (name: PngModule) => WebAssembly.compile(await readFile(urls[name]())))
