import { findLibheif } from '#libheif'
import type { CodecPack } from '../../codec-pack.js'
import { heicDecoder } from './decoder.js'

export interface HeicOptions {
  /**
   * What `npx sluice-libheif <file>` wrote, compiled: for runtimes that cannot compile (Workers, edge functions) and for
   * browsers. In Node, Deno and Bun it is made of the installed package when it is first needed.
   */
  readonly module?: WebAssembly.Module
}

/**
 * HEIC in, as iPhones make it, by libheif and libde265 in the same sandbox as the other codecs: an instance for each
 * image, a ceiling on memory and on work.
 *
 * **Licence**: libheif is LGPL-3.0, and no part of this package. It comes with the optional peer dependency `libheif-js`
 * 1.23.2, which you install, and whose terms you take on. Whether patents on HEVC touch you is for you to find out.
 *
 * The policy must accept it: `extensions: ['jpg', 'jpeg', 'png', 'gif', 'webp', 'heic', 'heif']`.
 *
 * @throws Error at start where the package is missing, or no module is given where one is needed
 * @throws TypeError for a module that `sluice-libheif` did not write
 */
export function heic({ module }: HeicOptions = {}): CodecPack {
  if (module && !isHardened(module))
    throw new TypeError('heic: module is not what `sluice-libheif` makes from the package libheif-js')
  return {
    decoders: [heicDecoder(module ? async () => module : findLibheif())],
    module: {
      url: () => new URL('../../../dist/formats/heic/index.js', import.meta.url),
      name: 'heic',
      options: { module },
    },
  }
}

function isHardened(module: WebAssembly.Module): boolean {
  const names = WebAssembly.Module.exports(module).map(({ name }) => name)
  return ['fuel', 'pages', 'refused', 'heif_decode_image'].every(name => names.includes(name))
}
