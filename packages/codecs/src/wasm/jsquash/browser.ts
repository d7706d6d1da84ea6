import { checkFiles } from '../load/check-files.js'
import { fetchModule } from '../load/fetch-module.js'
import { once } from '../once.js'
import { files } from './files.js'
import type { CheckJsquashModules, JsquashModule } from './module-names.js'

export const loadModule = once((name: JsquashModule) => files[name](fetchModule))

export const checkModules: CheckJsquashModules = names =>
  checkFiles(files, names, url => url.protocol !== 'file:')
