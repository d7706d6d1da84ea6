import { checkFiles } from '../load/check-files.js'
import { fetchModule } from '../load/fetch-module.js'
import { once } from '../once.js'
import { files } from './files.js'
import type { CheckJpegModules, JpegModule } from './module-names.js'

export const loadModule = once((name: JpegModule) => files[name](fetchModule))

export const checkModules: CheckJpegModules = names =>
  checkFiles(files, names, url => url.protocol !== 'file:')
