// Everything the module exports. src/instance.ts is the typed other side.
export { alloc } from './memory'
export { fuel } from './fuel'
export { expectSourceSize, setPlan } from './plan'
export { inflateZlib, inflatedPointer } from './inflate/whole'
export { outputPointer, takeRows } from './resize/orientation-writer'
export { openResize, pushRows } from './resize/stream'
export {
  openPng, frameCount as pngFrameCount, playCount as pngPlayCount, firstControl as pngFirstControl,
} from './png/open'
export { imageWidth as pngWidth, imageHeight as pngHeight } from './png/header'
export { decodePng } from './png/still'
export {
  nextPngFrame, delayNumerator as pngDelayNumerator, delayDenominator as pngDelayDenominator,
} from './png/animation'
export { openGif, frameCount as gifFrameCount } from './gif/frame'
export { screenWidth as gifWidth, screenHeight as gifHeight, plays as gifPlays, delay as gifDelay } from './gif/blocks'
export { decodeGif } from './gif/still'
export { nextGifFrame } from './gif/animation'
export { decodeJpeg } from './jpeg/decode'
export { setInkTable } from './jpeg/ink'
export { jpegIsCMYK } from './jpeg/result'
export {
  openWebp, canvasWidth as webpWidth, canvasHeight as webpHeight, frameCount as webpFrameCount, plays as webpPlays,
} from './webp/open'
export { decodeWebp } from './webp/still'
export { nextWebpFrame, delay as webpDelay } from './webp/animation'
