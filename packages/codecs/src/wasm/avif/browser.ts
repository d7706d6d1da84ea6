import { fetchModule } from '../fetch-module.js'
import { once } from '../once.js'
import type { AvifModule } from './module-names.js'
import { urls } from './urls.js'

export const loadModule = once((name: AvifModule) => fetchModule(urls[name]()))
