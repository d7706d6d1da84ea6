import type { FileAt } from '../files.js'
import type { PngModule } from './module-names.js'

// As in ../files.ts. The same path is right from src/wasm/png and from dist/wasm/png.
export const files: Readonly<Record<PngModule, FileAt>> = {
  oxipng: use => use(new URL('../../../dist/wasm/oxipng.wasm', import.meta.url)),
}
