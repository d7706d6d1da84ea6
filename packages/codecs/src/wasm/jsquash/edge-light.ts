import jpegDec from '../../../dist/wasm/jpeg-dec.wasm?module'
import png from '../../../dist/wasm/png.wasm?module'
import resize from '../../../dist/wasm/resize.wasm?module'
import webpDec from '../../../dist/wasm/webp-dec.wasm?module'
import webpEncSimd from '../../../dist/wasm/webp-enc-simd.wasm?module'
import type { CheckJsquashModules, LoadJsquashModule } from './module-names.js'

const modules = {
  'jpeg-dec': jpegDec,
  png,
  'webp-dec': webpDec,
  // Every version of this runtime has SIMD, so the slower build is not uploaded.
  'webp-enc': webpEncSimd,
  'webp-enc-simd': webpEncSimd,
  resize,
}

export const loadModule: LoadJsquashModule = async name => modules[name]

export const checkModules: CheckJsquashModules = () => {}
