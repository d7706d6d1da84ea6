import { checkFiles } from '../load/check-files.js'
import { isFile, readModule } from '../load/read-module.js'
import { once } from '../once.js'
import { files } from './files.js'
import type { CheckJpegModules, JpegModule } from './module-names.js'

export const loadModule = once((name: JpegModule) => files[name](readModule))

export const checkModules: CheckJpegModules = names => checkFiles(files, names, isFile)
