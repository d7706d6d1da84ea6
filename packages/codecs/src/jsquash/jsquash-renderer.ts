import type { Renderer } from '@sluice/core'
import { lcmsColour } from '../colour/lcms-colour.js'
import { composeRenderer } from '../compose/compose-renderer.js'
import { jpegDecoder, pngDecoder, webpDecoder } from './decoders.js'
import { jsquashResizer } from './resizer.js'
import { webpEncoder } from './webp-encoder.js'

/** Stills by the codecs of jSquash, each call in a fresh instance. For runtimes without SIMD, and to compare with. */
export function jsquashRenderer(): Renderer {
  return composeRenderer({
    name: 'jsquash',
    decoders: [jpegDecoder, pngDecoder, webpDecoder],
    resizer: jsquashResizer,
    colour: lcmsColour,
    encoders: [webpEncoder],
  })
}
