import { checkFiles } from '../load/check-files.js'
import { isFile, readModule } from '../load/read-module.js'
import { once } from '../once.js'
import { files } from './files.js'
import type { CheckPngModules, PngModule } from './module-names.js'

export const loadModule = once((name: PngModule) => files[name](readModule))

export const checkModules: CheckPngModules = names => checkFiles(files, names, isFile)
