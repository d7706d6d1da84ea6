export type {
  Colour,
  Conversion,
  DecodeOptions,
  Decoder,
  EncodeOptions,
  Encoder,
  Frame,
  Frames,
  Picture,
  PixelModel,
  ResizeOptions,
  Resizer,
  Size,
  Source,
} from './codec.js'
export { lcmsColour } from './colour/lcms-colour.js'
export { composeRenderer, type Parts } from './compose/compose-renderer.js'
export { defaultRenderer } from './default-renderer.js'
export { jsquashRenderer } from './jsquash/jsquash-renderer.js'
export { decodePrice } from './kernel/decode-price.js'
export { type KernelOptions, kernelRenderer, libwebp, ownWebp } from './kernel/kernel-renderer.js'
export type { ImageBudget } from './limits.js'
export type { Plug } from './plug.js'
export * from './pool/index.js'
export * from './sandbox/index.js'
