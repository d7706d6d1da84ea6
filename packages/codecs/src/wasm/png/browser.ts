import { checkFiles } from '../load/check-files.js'
import { fetchModule } from '../load/fetch-module.js'
import { once } from '../once.js'
import { files } from './files.js'
import type { CheckPngModules, PngModule } from './module-names.js'

export const loadModule = once((name: PngModule) => files[name](fetchModule))

export const checkModules: CheckPngModules = names =>
  checkFiles(files, names, url => url.protocol !== 'file:')
