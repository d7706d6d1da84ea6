import type { FileAt } from '../files.js'
import type { CheckModules, LoadModule } from '../module-names.js'
import { once } from '../once.js'
import { checkFiles } from './check-files.js'
import { fetchModule } from './fetch-module.js'

/** Modules that a page or a worker of it fetches. */
export function modulesByFetch<Name extends string>(
  files: Readonly<Record<Name, FileAt>>,
): { readonly loadModule: LoadModule<Name>; readonly checkModules: CheckModules<Name> } {
  return {
    loadModule: once(name => files[name](fetchModule)),
    // Only a server could say whether a file is there; one on a disk can never be fetched.
    checkModules: names => checkFiles(files, names, url => url.protocol !== 'file:'),
  }
}
