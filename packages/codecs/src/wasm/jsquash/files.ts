import type { FileAt } from '../files.js'
import type { JsquashModule } from './module-names.js'

// As in ../files.ts. The same path is right from src/wasm/jsquash and from dist/wasm/jsquash.
export const files: Readonly<Record<JsquashModule, FileAt>> = {
  'jpeg-dec': use => use(new URL('../../../dist/wasm/jpeg-dec.wasm', import.meta.url)),
  png: use => use(new URL('../../../dist/wasm/png.wasm', import.meta.url)),
  'webp-dec': use => use(new URL('../../../dist/wasm/webp-dec.wasm', import.meta.url)),
  'webp-enc': use => use(new URL('../../../dist/wasm/webp-enc.wasm', import.meta.url)),
  'webp-enc-simd': use => use(new URL('../../../dist/wasm/webp-enc-simd.wasm', import.meta.url)),
  resize: use => use(new URL('../../../dist/wasm/resize.wasm', import.meta.url)),
}
