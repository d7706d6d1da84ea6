import type { Plug } from '../../plug.js'
import { jpegEncoder } from './encoder.js'

/**
 * JPEG out, by MozJPEG of `@jsquash/jpeg`, progressive and 4:2:0, in the same sandbox as the others: an instance for each
 * image, metered. For stills: `output: { format: 'jpeg' }`, `'same'`, and for variants. Every renderer reads JPEG
 * without it.
 */
export const jpeg = (): Plug => ({
  encoders: [jpegEncoder],
  module: { url: () => new URL('../../../dist/formats/jpeg/index.js', import.meta.url), name: 'jpeg' },
})
