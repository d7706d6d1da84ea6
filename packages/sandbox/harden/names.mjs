// Emscripten shortens the names of imports and exports to single letters, another letter in each module. They
// get their real names back, so that one allow-list and one glue serve all; exports that nobody calls are
// dropped.

/** @import { Wasm } from './module.mjs' */

/**
 * What the letters stand for, from the line `wasmImports={o:___cxa_throw,...}` of the glue beside the module.
 * @param {string} glue
 * @returns {Map<string, string>}
 */
export function importNames(glue) {
  const table = /wasmImports=\{([^}]*)\}/.exec(glue)?.[1]
  if (!table) throw new Error('no table of imports in the glue')
  return new Map(table.split(',').map(readPair))
}

/** @param {string} pair as in `o:___cxa_throw` @returns {[letter: string, name: string]} */
function readPair(pair) {
  const [, letter, name] = /^"?(\w+)"?:_?(\w+)$/.exec(pair) ?? []
  if (letter === undefined || name === undefined) throw new Error(`unreadable import in the glue: ${pair}`)
  return [letter, name]
}

/** @param {Wasm} wasm @param {ReadonlyMap<string, string>} names real ones by those in the file */
export function renameImports(wasm, names) {
  for (const entry of wasm.imports) {
    const name = names.get(entry.name)
    if (name === undefined) throw new Error(`import that the glue does not name: ${entry.name}`)
    entry.module = 'env'
    entry.name = name
  }
}

/**
 * @param {Wasm} wasm
 * @param {Readonly<Record<string, string>>} exported real names by those in the file; the others are dropped
 */
export function keepExports(wasm, exported) {
  for (const name of Object.keys(exported))
    if (!wasm.exports.some(entry => entry.name === name)) throw new Error(`export ${name} is missing`)
  const kept = new Map(Object.entries(exported))
  wasm.exports = wasm.exports.flatMap(entry => {
    const name = kept.get(entry.name)
    return name === undefined ? [] : [{ ...entry, name }]
  })
}

/** wasm-bindgen ends some names with a hash of 16 digits, which says nothing. @param {Wasm} wasm */
export function dropHashes(wasm) {
  for (const entry of wasm.imports) entry.name = entry.name.replace(/_[0-9a-f]{16}$/, '')
}
