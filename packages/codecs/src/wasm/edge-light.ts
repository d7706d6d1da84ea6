// Edge functions (Vercel, Next.js) compile WebAssembly at deployment; `?module` asks for the module itself.
import encoder from '../../dist/wasm/encoder.wasm?module'
import jpegDec from '../../dist/wasm/jpeg-dec.wasm?module'
import kernel from '../../dist/wasm/kernel.wasm?module'
import lcms from '../../dist/wasm/lcms.wasm?module'
import png from '../../dist/wasm/png.wasm?module'
import resize from '../../dist/wasm/resize.wasm?module'
import webpDec from '../../dist/wasm/webp-dec.wasm?module'
import webpEncSimd from '../../dist/wasm/webp-enc-simd.wasm?module'
import type { CheckModules, LoadModule, ModuleName } from './module-names.js'

const modules: Readonly<Record<ModuleName, WebAssembly.Module>> = {
  'jpeg-dec': jpegDec,
  kernel,
  encoder,
  lcms,
  png,
  'webp-dec': webpDec,
  // Every version of this runtime has SIMD, so the slower build is not uploaded.
  'webp-enc': webpEncSimd,
  'webp-enc-simd': webpEncSimd,
  resize,
}

export const loadModule: LoadModule = async name => modules[name]

/** A module that is missing fails the deployment. */
export const checkModules: CheckModules = () => {}
