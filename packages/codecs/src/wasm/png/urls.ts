import type { PngModule } from './module-names.js'

// Literals for bundlers. The same path is right from src/wasm/png and from dist/wasm/png.
export const urls: Readonly<Record<PngModule, () => URL>> = {
  oxipng: () => new URL('../../../dist/wasm/oxipng.wasm', import.meta.url),
}
