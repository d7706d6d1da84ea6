import { fetchModule } from '../fetch-module.js'
import { once } from '../once.js'
import type { JpegModule } from './module-names.js'
import { urls } from './urls.js'

export const loadModule = once((name: JpegModule) => fetchModule(urls[name]()))
