import { decodeGif, gifFrames } from '@sluice/kernel'
import { gifPrice } from '../../prices.js'
import { frameDecoder } from '../frame-decoder.js'

/** GIF as browsers show it, still and animated. */
export const gifDecoder = frameDecoder('gif', gifPrice, decodeGif, gifFrames)
