import { fetchModule } from '../../modules/fetch-module.js'
import { once } from '../../modules/once.js'
import type { AvifModule } from './module-names.js'
import { urls } from './urls.js'

export const loadModule = once((name: AvifModule) => fetchModule(urls[name]()))
