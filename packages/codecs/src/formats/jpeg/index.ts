import { checkModules } from '#jpeg-modules'
import type { CodecPack } from '../../codec-pack.js'
import { jpegEncoder } from './encoder.js'

/**
 * JPEG out, by MozJPEG of `@jsquash/jpeg`, progressive and 4:2:0, in the same sandbox as the others: an instance for each
 * image, metered. For stills: `output: { format: 'jpeg' }`, `'same'`, and for variants. Every renderer reads JPEG
 * without it.
 *
 * @throws Error where its module is missing, naming the file
 */
export function jpeg(): CodecPack {
  checkModules(['jpeg-enc'])
  return {
    encoders: [jpegEncoder],
    module: { url: () => new URL('../../../dist/formats/jpeg/index.js', import.meta.url), name: 'jpeg' },
  }
}
