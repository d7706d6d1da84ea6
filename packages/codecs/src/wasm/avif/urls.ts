import type { AvifModule } from './module-names.js'

// Literals for bundlers. The same path is right from src/wasm/avif and from dist/wasm/avif.
export const urls: Readonly<Record<AvifModule, () => URL>> = {
  'avif-dec': () => new URL('../../../dist/wasm/avif-dec.wasm', import.meta.url),
  'avif-enc': () => new URL('../../../dist/wasm/avif-enc.wasm', import.meta.url),
}
