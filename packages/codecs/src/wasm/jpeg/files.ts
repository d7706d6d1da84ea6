import type { FileAt } from '../files.js'
import type { JpegModule } from './module-names.js'

// As in ../files.ts. The same path is right from src/wasm/jpeg and from dist/wasm/jpeg.
export const files: Readonly<Record<JpegModule, FileAt>> = {
  'jpeg-enc': use => use(new URL('../../../dist/wasm/jpeg-enc.wasm', import.meta.url)),
}
