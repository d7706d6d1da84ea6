// One module through all steps of hardening.
import { meter } from './fuel.mjs'
import { countPages, importMemory } from './memory.mjs'
import { assemble, disassemble } from './module.mjs'
import { dropHashes, importNames, keepExports, renameImports } from './names.mjs'

/**
 * @param rules `names`: the imports' real names by those in the file; `glue`: JavaScript to read them from
 * @returns the hardened module: same input, same output, byte for byte
 */
export function harden(source, { metered, imports, exports, glue, names = glue && importNames(glue) }) {
  const wasm = disassemble(source)
  if (names) renameImports(wasm, names)
  else dropHashes(wasm)
  keepExports(wasm, exports)
  const pages = importMemory(wasm)
  for (const { module, name } of wasm.imports)
    if (!imports.includes(`${module}.${name}`))
      throw new Error(`imports ${module}.${name}, which is not allowed`)
  if (metered) meter(wasm)
  countPages(wasm, pages)
  return assemble(wasm)
}

/** A module of ours: metered where it is made, and like the others bounded in memory and with no other import. */
export function hardenOurs(source) {
  const wasm = disassemble(source)
  const pages = importMemory(wasm)
  if (wasm.imports.length !== 1) throw new Error('a module of ours imports more than its memory')
  countPages(wasm, pages)
  return assemble(wasm)
}
