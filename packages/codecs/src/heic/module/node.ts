import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { hardenLibheif, LIBHEIF } from '../../../harden/libheif.mjs'
import type { LoadLibheif } from './load-module.js'

let loading: Promise<WebAssembly.Module> | undefined

/** Hardened when it is first needed, in a third of a second: a file of LGPL must come from the user's own package. */
export const loadLibheif: LoadLibheif = () => {
  loading ??= load()
  loading.catch(() => {
    loading = undefined
  })
  return loading
}

async function load(): Promise<WebAssembly.Module> {
  let path: string
  try {
    path = createRequire(import.meta.url).resolve('libheif-js/libheif-wasm/libheif.wasm')
  } catch (cause) {
    throw new Error(
      `heic() needs the package libheif-js (LGPL-3.0): npm install --save-exact libheif-js@${LIBHEIF.version}`,
      { cause },
    )
  }
  return WebAssembly.compile(hardenLibheif(await readFile(path)))
}
