import type { Cost, Limits } from '@sluice/sandbox'
import { loadModule } from '#avif-modules'
import { checkPixels } from '../../pixels/check-pixels.js'
import { encoderGlobals, encodeWith } from '../../wasm/emscripten-encoder.js'
import { createCodec } from './create-codec.js'

export interface AvifOptions {
  /** 0 to 100, on libavif's scale. */
  readonly quality: number
  /** libavif's: 0 slow to 10 fast. */
  readonly speed: number
}

// The fields of the structure of jSquash's avif_enc, at libavif's defaults: 4:2:0, alpha at the quality of the colours.
const OPTIONS = {
  qualityAlpha: -1,
  denoiseLevel: 0,
  tileRowsLog2: 0,
  tileColsLog2: 0,
  subsample: 1,
  chromaDeltaQ: 0,
  sharpness: 0,
  enableSharpYUV: 0,
  tune: 0,
  bitDepth: 8,
  lossless: 0,
}

/**
 * Encodes RGBA pixels as an AVIF (libavif 1.0 and libaom 3.7).
 *
 * @throws SandboxError
 */
export async function encodeAvif(
  pixels: Uint8Array,
  width: number,
  height: number,
  { quality, speed }: AvifOptions,
  limits: Limits,
): Promise<{ bytes: Uint8Array; cost: Cost }> {
  checkPixels(pixels, width, height)
  const codec = createCodec(await loadModule('avif-enc'), encoderGlobals, limits)
  return encodeWith(codec, { pixels, width, height }, 'AvifOptions', { ...OPTIONS, quality, speed })
}
