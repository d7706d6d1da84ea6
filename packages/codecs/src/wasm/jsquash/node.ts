import { checkFiles } from '../load/check-files.js'
import { isFile, readModule } from '../load/read-module.js'
import { once } from '../once.js'
import { files } from './files.js'
import type { CheckJsquashModules, JsquashModule } from './module-names.js'

export const loadModule = once((name: JsquashModule) => files[name](readModule))

export const checkModules: CheckJsquashModules = names => checkFiles(files, names, isFile)
