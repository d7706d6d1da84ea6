import { modulesByFetch } from '../load/modules-by-fetch.js'
import { files } from './files.js'

export const { loadModule, checkModules } = modulesByFetch(files)
