export type { ImageBudget } from './budget.js'
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
export type { CodecPack, CodecPackModule } from './codec-pack.js'
export { iccColour } from './colour/icc-colour.js'
export { composeRenderer, type Parts } from './compose/compose-renderer.js'
export * from './pool/index.js'
export { decodePrice } from './prices.js'
export { defaultRenderer } from './renderers/default.js'
export { type KernelOptions, kernelRenderer, libwebp, ownWebp } from './renderers/kernel.js'
