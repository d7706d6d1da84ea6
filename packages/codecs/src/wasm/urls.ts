import type { ModuleName } from './module-names.js'

// Written out one by one: bundlers find an asset only where its whole path is a literal. The same path is right from
// src/wasm and from dist/wasm.
export const urls: Readonly<Record<ModuleName, () => URL>> = {
  kernel: () => new URL('../../dist/wasm/kernel.wasm', import.meta.url),
  encoder: () => new URL('../../dist/wasm/encoder.wasm', import.meta.url),
  lcms: () => new URL('../../dist/wasm/lcms.wasm', import.meta.url),
  'jpeg-dec': () => new URL('../../dist/wasm/jpeg-dec.wasm', import.meta.url),
  png: () => new URL('../../dist/wasm/png.wasm', import.meta.url),
  'webp-dec': () => new URL('../../dist/wasm/webp-dec.wasm', import.meta.url),
  'webp-enc': () => new URL('../../dist/wasm/webp-enc.wasm', import.meta.url),
  'webp-enc-simd': () => new URL('../../dist/wasm/webp-enc-simd.wasm', import.meta.url),
  resize: () => new URL('../../dist/wasm/resize.wasm', import.meta.url),
}
