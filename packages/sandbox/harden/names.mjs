// Emscripten shortens the names of imports and exports to single letters, another letter in each module. They get
// their real names back, so that one allow-list and one glue serve all; exports that nobody calls are dropped.

/** What the letters stand for, from the line `wasmImports={o:___cxa_throw,...}` of the glue beside the module. */
export function importNames(glue) {
  const table = /wasmImports=\{([^}]*)\}/.exec(glue)?.[1]
  if (!table) throw new Error('no table of imports in the glue')
  return new Map(table.split(',').map(pair => /^"?(\w+)"?:_?(\w+)$/.exec(pair)?.slice(1) ?? fail(pair)))
}

const fail = pair => {
  throw new Error(`unreadable import in the glue: ${pair}`)
}

export function renameImports(wasm, names) {
  for (const entry of wasm.imports) {
    entry.module = 'env'
    entry.name = names.get(entry.name) ?? fail(entry.name)
  }
}

/** @param exported real name by the name in the file; what is not in it is no longer exported */
export function keepExports(wasm, exported) {
  for (const name of Object.keys(exported))
    if (!wasm.exports.some(entry => entry.name === name)) throw new Error(`export ${name} is missing`)
  wasm.exports = wasm.exports
    .filter(entry => Object.hasOwn(exported, entry.name))
    .map(entry => ({ ...entry, name: exported[entry.name] }))
}

/** wasm-bindgen ends some names with a hash of 16 digits, which says nothing. */
export function dropHashes(wasm) {
  for (const entry of wasm.imports) entry.name = entry.name.replace(/_[0-9a-f]{16}$/, '')
}
