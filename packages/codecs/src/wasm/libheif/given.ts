import type { FindLibheif } from './load-module.js'

export const findLibheif: FindLibheif = () => {
  throw new Error(
    'heic() needs { module } in this runtime: `npx sluice-libheif libheif.wasm` makes it from the package libheif-js',
  )
}
