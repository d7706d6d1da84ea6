// `#parts` of browsers: a page starts no worker of Node's, and would carry its code for nothing.

import type { Parts } from './carried.js'
import { modules as all } from './parts.js'

export const modules: Parts['modules'] = all

export const worker: Parts['worker'] = ''
