import type { FileAt } from '../files.js'
import type { AvifModule } from './module-names.js'

// As in ../files.ts. The same path is right from src/wasm/avif and from dist/wasm/avif.
export const files: Readonly<Record<AvifModule, FileAt>> = {
  'avif-dec': use => use(new URL('../../../dist/wasm/avif-dec.wasm', import.meta.url)),
  'avif-enc': use => use(new URL('../../../dist/wasm/avif-enc.wasm', import.meta.url)),
}
