// One module through all steps of hardening.
import { meter } from './fuel.mjs'
import { countPages, importMemory } from './memory.mjs'
import { assemble, disassemble } from './module.mjs'
import { dropHashes, importNames, keepExports, renameImports } from './names.mjs'
import { emptyUncalled } from './uncalled.mjs'

/**
 * Rules for one module.
 * @typedef {object} HardenRules
 * @property {boolean} metered whether fuel is counted: every loop head and function entry takes some, and a
 *   module that has none left traps
 * @property {readonly string[]} imports those that are allowed, as `module.name`
 * @property {Readonly<Record<string, string>>} exports those that are kept: new names by those in the file
 * @property {string | undefined} [glue] JavaScript of Emscripten, from which real names of imports are read
 * @property {ReadonlyMap<string, string> | undefined} [names] real names of imports by those in the file
 */

/**
 * Takes the module's memory from outside, bounds it, holds the imports to a list, and meters.
 * @param {Uint8Array} source
 * @param {HardenRules} rules
 * @returns {Uint8Array<ArrayBuffer>} the hardened module: same input, same output, byte for byte
 * @throws {Error} for an import that is not allowed, and a module that is not as expected
 */
export function harden(
  source,
  { metered, imports, exports, glue, names = glue ? importNames(glue) : undefined },
) {
  const wasm = disassemble(source)
  if (names) renameImports(wasm, names)
  else dropHashes(wasm)
  keepExports(wasm, exports)
  const pages = importMemory(wasm)
  for (const { module, name } of wasm.imports)
    if (!imports.includes(`${module}.${name}`))
      throw new Error(`imports ${module}.${name}, which is not allowed`)
  if (metered) meter(wasm)
  emptyUncalled(wasm)
  countPages(wasm, pages)
  return assemble(wasm)
}

/**
 * A module of ours: metered where it is made, and like the others bounded in memory and with no other import.
 * @param {Uint8Array} source
 * @param {readonly string[]} [exports] those that are kept; others are for measurements. Default: all
 * @returns {Uint8Array<ArrayBuffer>}
 * @throws {Error} for any other import
 */
export function hardenOurs(source, exports) {
  const wasm = disassemble(source)
  if (exports) keepExports(wasm, Object.fromEntries(exports.map(name => [name, name])))
  emptyUncalled(wasm)
  const pages = importMemory(wasm)
  if (wasm.imports.length !== 1) throw new Error('a module of ours imports more than its memory')
  countPages(wasm, pages)
  return assemble(wasm)
}
