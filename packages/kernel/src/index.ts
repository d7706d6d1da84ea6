// The image kernel: from file to oriented, resized pixels in one small WebAssembly module.

export { KernelError, type KernelErrorCode } from './errors.js'
export type { Animation, Frame } from './formats/animation.js'
export { decodeGif, gifFrames } from './formats/gif.js'
export { decodeJpeg, type InkTable, type JpegPixels } from './formats/jpeg.js'
export { decodePng, type PngAnimation, pngFrames } from './formats/png.js'
export { decodeWebp, webpFrames } from './formats/webp.js'
export { inflate } from './inflate.js'
export { compileKernel, instantiate, type Kernel, kernelMemory } from './instance.js'
export type { Crop, Plan } from './plan.js'
export { type Pixels, type ResizePlan, resize } from './resize.js'
export { hasSimd } from './simd.js'
