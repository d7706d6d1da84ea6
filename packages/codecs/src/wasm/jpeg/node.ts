import { modulesOnDisk } from '../load/modules-on-disk.js'
import { files } from './files.js'

export const { loadModule, checkModules } = modulesOnDisk(files)
