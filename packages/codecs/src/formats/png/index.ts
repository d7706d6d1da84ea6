import type { Plug } from '../../plug.js'
import { pngEncoder } from './encoder.js'

/**
 * PNG out, exact, by OxiPNG of `@jsquash/oxipng`, in the same sandbox as the others: an instance for each
 * image, metered. For stills: `output: { format: 'png' }`, `'same'`, and for variants. Every renderer reads PNG
 * without it.
 */
export const png = (): Plug => ({
  encoders: [pngEncoder],
  module: { url: () => new URL('../../../dist/formats/png/index.js', import.meta.url), name: 'png' },
})
