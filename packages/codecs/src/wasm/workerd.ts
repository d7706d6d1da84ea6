// Cloudflare Workers compile WebAssembly at upload only, so the modules are imported, not read.
import encoder from '../../dist/wasm/encoder.wasm'
import kernel from '../../dist/wasm/kernel.wasm'
import lcms from '../../dist/wasm/lcms.wasm'
import webpEncSimd from '../../dist/wasm/webp-enc-simd.wasm'
import type { CheckModules, LoadModule, ModuleName } from './module-names.js'

const modules: Readonly<Record<ModuleName, WebAssembly.Module>> = {
  kernel,
  encoder,
  lcms,
  // Every version of this runtime has SIMD, so the slower build is not uploaded.
  'webp-enc': webpEncSimd,
  'webp-enc-simd': webpEncSimd,
}

export const loadModule: LoadModule = async name => modules[name]

/** A module that is missing fails the deployment. */
export const checkModules: CheckModules = () => {}
