import type { JpegModule } from './module-names.js'

// Literals for bundlers. The same path is right from src/wasm/jpeg and from dist/wasm/jpeg.
export const urls: Readonly<Record<JpegModule, () => URL>> = {
  'jpeg-enc': () => new URL('../../../dist/wasm/jpeg-enc.wasm', import.meta.url),
}
