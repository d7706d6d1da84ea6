import type { Source } from '../codec.js'
import { priceOf } from '../jsquash/price.js'
import { gifPrice, jpegPrice, pngPrice } from './price.js'

/**
 * Fuel that decoding an image takes at most in `kernelRenderer`, in its units of about one turn of a loop; a policy's
 * `headroom` comes on top. Of an animated WebP the price of one whole frame: each is a decode of its own. Undefined for a
 * format that it does not read.
 */
export function decodePrice(source: Source): number | undefined {
  const { format, header, bytes } = source
  switch (format) {
    case 'jpeg':
      return jpegPrice(header, bytes.length).fuel
    case 'png':
      return pngPrice(header, bytes.length).fuel
    case 'gif':
      return gifPrice(header, bytes.length).fuel
    case 'webp':
      return priceOf('webp', source).fuel
    default:
      return undefined
  }
}
