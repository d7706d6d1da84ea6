import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { hardenLibheif, LIBHEIF } from '../../../harden/libheif.mjs'
import type { FindLibheif } from './load-module.js'

let loading: Promise<WebAssembly.Module> | undefined

export const findLibheif: FindLibheif = () => {
  const path = resolve()
  // A third of a second, once, when it is first needed.
  return () => {
    loading ??= load(path)
    loading.catch(() => {
      loading = undefined
    })
    return loading
  }
}

function resolve(): string {
  try {
    return createRequire(import.meta.url).resolve('libheif-js/libheif-wasm/libheif.wasm')
  } catch (cause) {
    throw new Error(
      `heic() needs the package libheif-js (LGPL-3.0): npm install --save-exact libheif-js@${LIBHEIF.version}`,
      { cause },
    )
  }
}

const load = async (path: string) => WebAssembly.compile(new Uint8Array(hardenLibheif(await readFile(path))))
