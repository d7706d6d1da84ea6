// The image kernel: from file to oriented, resized pixels in one small WebAssembly module.
export { KernelError, type KernelErrorCode } from './errors.js'
export { compileKernel, instantiate, type Kernel, kernelMemory } from './instance.js'
export { decodeJpeg, type JpegPixels } from './jpeg.js'
export type { Crop, Plan } from './plan.js'
export { type Pixels, type ResizePlan, resize } from './resize.js'
export { hasSimd } from './simd.js'
