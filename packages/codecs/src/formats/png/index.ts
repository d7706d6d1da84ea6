import { checkModules } from '#png-modules'
import type { CodecPack } from '../../codec-pack.js'
import { pngEncoder } from './encoder.js'

/**
 * PNG out, exact, by OxiPNG of `@jsquash/oxipng`, in the same sandbox as the others: an instance for each
 * image, metered. For stills: `output: { format: 'png' }`, `'same'`, and for variants. Every renderer reads PNG
 * without it.
 *
 * @throws Error where its module is missing, naming the file
 */
export function png(): CodecPack {
  checkModules(['oxipng'])
  return {
    encoders: [pngEncoder],
    module: { url: () => new URL('../../../dist/formats/png/index.js', import.meta.url), name: 'png' },
  }
}
