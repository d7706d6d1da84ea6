import { type Cost, createEmscripten, type Limits } from '@sluice/sandbox'
import { loadModule } from '#jpeg-modules'
import { checkPixels } from '../../pixels/check-pixels.js'
import { encoderGlobals, encodeWith } from '../../wasm/emscripten-encoder.js'

export interface MozjpegOptions {
  /** 0 to 100, on libjpeg's scale. */
  readonly quality: number
  /** Another pass of trellis quantisation, for a little less at twice the time. */
  readonly thorough: boolean
}

const YCBCR = 3
/** The table of MozJPEG's default, by N. Robidoux. */
const QUANTISATION_TABLE = 3

// The fields of the structure of jSquash's mozjpeg_enc: progressive, by Huffman codes of its own, 4:2:0.
const OPTIONS = {
  baseline: 0,
  arithmetic: 0,
  progressive: 1,
  optimize_coding: 1,
  smoothing: 0,
  color_space: YCBCR,
  quant_table: QUANTISATION_TABLE,
  trellis_opt_zero: 0,
  trellis_opt_table: 0,
  trellis_loops: 1,
  auto_subsample: 0,
  chroma_subsample: 2,
  separate_chroma_quality: 0,
  chroma_quality: 0,
}

/**
 * Encodes RGBA pixels, of which alpha is not looked at, as a progressive JPEG (MozJPEG 3.3).
 *
 * @throws SandboxError
 */
export async function encodeMozjpeg(
  pixels: Uint8Array,
  width: number,
  height: number,
  { quality, thorough }: MozjpegOptions,
  limits: Limits,
): Promise<{ bytes: Uint8Array; cost: Cost }> {
  checkPixels(pixels, width, height)
  const codec = createEmscripten(await loadModule('jpeg-enc'), encoderGlobals, limits)
  return encodeWith(codec, { pixels, width, height }, 'MozJpegOptions', {
    ...OPTIONS,
    quality,
    trellis_multipass: thorough ? 1 : 0,
  })
}
