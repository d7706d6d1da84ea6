import type { LoadLibheif } from './load-module.js'

export const loadLibheif: LoadLibheif = async () => {
  throw new Error(
    'heic() needs { module } in this runtime: `npx sluice-libheif libheif.wasm` makes it of the package libheif-js',
  )
}
