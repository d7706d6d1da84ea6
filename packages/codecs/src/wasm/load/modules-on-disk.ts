import type { FileAt } from '../files.js'
import type { CheckModules, LoadModule } from '../module-names.js'
import { once } from '../once.js'
import { checkFiles } from './check-files.js'
import { isFile, readModule } from './read-module.js'

/** Modules that lie in files: for Node, Deno and Bun. */
export function modulesOnDisk<Name extends string>(
  files: Readonly<Record<Name, FileAt>>,
): { readonly loadModule: LoadModule<Name>; readonly checkModules: CheckModules<Name> } {
  return {
    loadModule: once(name => files[name](readModule)),
    checkModules: names => checkFiles(files, names, isFile),
  }
}
