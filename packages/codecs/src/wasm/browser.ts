// Browsers and their workers.

import { fetchModule } from './fetch-module.js'
import type { ModuleName } from './module-names.js'
import { once } from './once.js'
import { urls } from './urls.js'

export const loadModule = once((name: ModuleName) => fetchModule(urls[name]()))
