import { readFile } from 'node:fs/promises'
import { once } from '../once.js'
import type { JpegModule } from './module-names.js'
import { urls } from './urls.js'

export const loadModule = once(async (name: JpegModule) => WebAssembly.compile(await readFile(urls[name]())))
