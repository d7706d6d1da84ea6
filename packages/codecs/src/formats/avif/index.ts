import { checkModules } from '#avif-modules'
import type { CodecPack } from '../../codec-pack.js'
import { avifDecoder } from './decoder.js'
import { avifEncoder } from './encoder.js'

/**
 * AVIF in and out, by the codecs of `@jsquash/avif` (libavif and libaom) in the same sandbox as the others: an instance
 * for each image, a ceiling on memory, and on work where a stranger's bytes are read.
 *
 * In: 8, 10 and 12 bits, of which 8 are kept; alpha; clean aperture, `irot`, `imir`; ICC profiles and code points. Of an
 * image sequence the still. The policy must accept it: `extensions: ['jpg', 'jpeg', 'png', 'gif', 'webp', 'avif']`.
 * Out: `output: { format: 'avif', quality: 60 }`, for stills.
 *
 * @throws Error where a module is missing, naming its file
 */
export function avif(): CodecPack {
  checkModules(['avif-dec', 'avif-enc'])
  return {
    decoders: [avifDecoder],
    encoders: [avifEncoder],
    module: { url: () => new URL('../../../dist/formats/avif/index.js', import.meta.url), name: 'avif' },
  }
}
