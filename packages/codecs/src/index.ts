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
  StillEncoder,
  StillOptions,
} from './codec.js'
export type { CodecPack, CodecPackModule } from './codec-pack.js'
export { iccColour } from './colour/icc-colour.js'
export { composeRenderer, type Parts } from './compose/compose-renderer.js'
export { firstFrameEncoder, stillFrames } from './compose/still.js'
export * from './pool/index.js'
export { decodePrice } from './prices.js'
export { defaultRenderer } from './renderers/default.js'
export { type KernelOptions, kernelRenderer, ownWebp } from './renderers/kernel.js'
