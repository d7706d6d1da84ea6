// Node, Deno and Bun: all three set the condition `node` and read files through node:fs.
import { carried } from '#carried'
import { unpack } from '../inline/unpack.js'
import { files } from './files.js'
import { checkFiles } from './load/check-files.js'
import { isFile, readModule } from './load/read-module.js'
import type { CheckModules, ModuleName } from './module-names.js'
import { once } from './once.js'

export const loadModule = once((name: ModuleName) => {
  const packed = carried()?.modules[name]
  return packed ? unpack(packed) : files[name](readModule)
})

export const checkModules: CheckModules = names => {
  if (!carried()) checkFiles(files, names, isFile)
}
