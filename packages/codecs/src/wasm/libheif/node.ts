import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { compileModule } from '@sluice/sandbox'
import { hardenLibheif, LIBHEIF } from '../../../harden/libheif.mjs'
import { once } from '../once.js'
import type { FindLibheif } from './load-module.js'

/** A third of a second, once, when it is first needed. */
const loadLibheif = once(async (path: string) =>
  compileModule(new Uint8Array(hardenLibheif(await readFile(path)))),
)

export const findLibheif: FindLibheif = () => {
  const path = resolve()
  return () => loadLibheif(path)
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
