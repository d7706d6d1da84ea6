import { checkFiles } from '../load/check-files.js'
import { isFile, readModule } from '../load/read-module.js'
import { once } from '../once.js'
import { files } from './files.js'
import type { AvifModule, CheckAvifModules } from './module-names.js'

export const loadModule = once((name: AvifModule) => files[name](readModule))

export const checkModules: CheckAvifModules = names => checkFiles(files, names, isFile)
