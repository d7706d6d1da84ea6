import { decodePng, pngFrames } from '@sluice/kernel'
import { pngPrice } from '../../prices.js'
import { frameDecoder } from '../frame-decoder.js'

/** PNG of every colour type, depth and interlace method, and its animations. */
export const pngDecoder = frameDecoder('png', pngPrice, decodePng, pngFrames)
