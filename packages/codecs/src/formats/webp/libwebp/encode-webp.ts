import { type Cost, createEmscripten, type Limits, simd } from '@sluice/sandbox'
import { loadModule } from '#jsquash-modules'
import { checkPixels } from '../../../pixels/check-pixels.js'
import { encoderGlobals, encodeWith } from '../../../wasm/emscripten-encoder.js'

export interface WebpOptions {
  /** 0 to 100; for lossless, how hard to try. */
  readonly quality: number
  /** 0 (fast) to 6 (small). */
  readonly effort: number
  readonly lossless?: boolean
  /** False leaves the alpha plane as it is, a byte for each pixel. */
  readonly alphaCompression?: boolean | undefined
  /** 0 to 100. */
  readonly alphaQuality?: number
}

// The fields of WebPConfig in libwebp's encode.h, at the library's defaults.
const CONFIG = {
  target_size: 0,
  target_PSNR: 0,
  sns_strength: 50,
  filter_strength: 60,
  filter_sharpness: 0,
  filter_type: 1,
  partitions: 0,
  segments: 4,
  pass: 1,
  show_compressed: 0,
  preprocessing: 0,
  autofilter: 0,
  partition_limit: 0,
  alpha_filtering: 1,
  exact: 0,
  image_hint: 0,
  emulate_jpeg_size: 0,
  thread_level: 0,
  low_memory: 0,
  near_lossless: 100,
  use_delta_palette: 0,
  use_sharp_yuv: 0,
}

/**
 * Encodes RGBA pixels as a still WebP (libwebp 1.1).
 *
 * @throws SandboxError; 'refused' above 16383 pixels a side
 */
export async function encodeWebp(
  pixels: Uint8Array,
  width: number,
  height: number,
  options: WebpOptions,
  limits: Limits,
): Promise<{ bytes: Uint8Array; cost: Cost }> {
  checkPixels(pixels, width, height)
  const module = await loadModule(simd() ? 'webp-enc-simd' : 'webp-enc')
  const codec = createEmscripten(module, encoderGlobals, limits)
  return encodeWith(codec, { pixels, width, height }, 'WebPConfig', {
    ...CONFIG,
    quality: options.quality,
    method: options.effort,
    lossless: options.lossless ? 1 : 0,
    alpha_compression: options.alphaCompression === false ? 0 : 1,
    alpha_quality: options.alphaQuality ?? 100,
  })
}
