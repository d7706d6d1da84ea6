export { type Content, classify, type Texture, texture } from './classify.js'
export { encodeLossy, type LossyOptions, type NotEncoded } from './encode-lossy.js'
export { type EncoderInstance, INITIAL_PAGES, instantiate } from './instance.js'
export { compileEncoder, supportsSimd } from './simd.js'
