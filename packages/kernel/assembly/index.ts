// Everything the module exports. src/instance.ts is the typed other side.
export { alloc } from './memory'
export { fuel } from './fuel'
export { setPlan } from './plan'
export { outputPointer } from './resize/orientation-writer'
export { openResize, pushRows } from './resize/stream'
export { decodeJpeg, jpegIsCMYK } from './jpeg/decode'
