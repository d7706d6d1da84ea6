// tsup.config.ts says what `?packed` and `?worker` make of a file.
import encoder from '../../dist/wasm/encoder.wasm?packed'
import kernel from '../../dist/wasm/kernel.wasm?packed'
import lcms from '../../dist/wasm/lcms.wasm?packed'
import webpEncSimd from '../../dist/wasm/webp-enc-simd.wasm?packed'
import code from '../pool/render-worker.ts?worker'
import type { Parts } from './carried.js'

export const modules: Parts['modules'] = {
  kernel,
  encoder,
  lcms,
  // Whatever runs bundles for servers has SIMD.
  'webp-enc': webpEncSimd,
  'webp-enc-simd': webpEncSimd,
}

export const worker: Parts['worker'] = code
