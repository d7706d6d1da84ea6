// Browsers and their workers.
import { carried } from '#carried'
import { unpack } from '../inline/unpack.js'
import { files } from './files.js'
import { checkFiles } from './load/check-files.js'
import { fetchModule } from './load/fetch-module.js'
import type { CheckModules, ModuleName } from './module-names.js'
import { once } from './once.js'

export const loadModule = once((name: ModuleName) => {
  const packed = carried()?.modules[name]
  return packed ? unpack(packed) : files[name](fetchModule)
})

/** Only a server could say whether a file is there; one on a disk can never be fetched. */
export const checkModules: CheckModules = names => {
  if (!carried()) checkFiles(files, names, url => url.protocol !== 'file:')
}
