// tsup.config.ts says what `?packed` and `?worker` make of a file.
import encoder from '../../dist/wasm/encoder.wasm?packed'
import jpegDec from '../../dist/wasm/jpeg-dec.wasm?packed'
import kernel from '../../dist/wasm/kernel.wasm?packed'
import lcms from '../../dist/wasm/lcms.wasm?packed'
import png from '../../dist/wasm/png.wasm?packed'
import resize from '../../dist/wasm/resize.wasm?packed'
import webpDec from '../../dist/wasm/webp-dec.wasm?packed'
import webpEncSimd from '../../dist/wasm/webp-enc-simd.wasm?packed'
import code from '../pool/render-worker.ts?worker'
import type { Parts } from './carried.js'

export const modules: Parts['modules'] = {
  'jpeg-dec': jpegDec,
  kernel,
  encoder,
  lcms,
  png,
  'webp-dec': webpDec,
  // Whatever runs bundles for servers has SIMD.
  'webp-enc': webpEncSimd,
  'webp-enc-simd': webpEncSimd,
  resize,
}

export const worker: Parts['worker'] = code
