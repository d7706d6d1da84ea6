import { decodeWebp, webpFrames } from '@sluice/kernel'
import { webpPrice } from '../../prices.js'
import { frameDecoder } from '../frame-decoder.js'

/** WebP, lossy and lossless, with alpha, and its animations (RFC 9649, RFC 6386). */
export const webpDecoder = frameDecoder('webp', webpPrice, decodeWebp, webpFrames)
