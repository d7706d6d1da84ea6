import { readFileSync } from 'node:fs'

/** The module as built by `node build.mjs`. */
export const wasm = readFileSync(new URL('../dist/encoder.wasm', import.meta.url))
export const module = new WebAssembly.Module(wasm)

/** A memory with a ceiling in MiB. */
export const memory = (mebibytes = 256) => new WebAssembly.Memory({ initial: 2, maximum: mebibytes * 16 })
