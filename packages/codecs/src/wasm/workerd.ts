// Cloudflare Workers compile WebAssembly at upload only, so the modules are imported, not read.
import encoder from '../../dist/wasm/encoder.wasm'
import jpegDec from '../../dist/wasm/jpeg-dec.wasm'
import kernel from '../../dist/wasm/kernel.wasm'
import lcms from '../../dist/wasm/lcms.wasm'
import png from '../../dist/wasm/png.wasm'
import resize from '../../dist/wasm/resize.wasm'
import webpDec from '../../dist/wasm/webp-dec.wasm'
import webpEncSimd from '../../dist/wasm/webp-enc-simd.wasm'
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
