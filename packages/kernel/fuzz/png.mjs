import { mutatePng } from '@sluice/testkit/mutate/png'
import { fuzz } from './driver.mjs'
import { MOST_PIXELS, setRandomPlan } from './plans.mjs'

const MOST_FRAMES = 40

/** @type {import('./driver.mjs').Target['decode']} */
function decode(kernel, file, length, random) {
  const opened = kernel.openPng(file, length)
  if (opened !== 0) return opened
  const [width, height] = [kernel.pngWidth.value, kernel.pngHeight.value]
  if (width * height > MOST_PIXELS) return 'too large'
  setRandomPlan(kernel, width, height, random)
  const frames = Math.min(kernel.pngFrameCount.value, MOST_FRAMES)
  if (frames === 0 || random.chance(0.3)) return kernel.decodePng()
  let code = 0
  for (let i = 0; i < frames && code === 0; i++) code = kernel.nextPngFrame()
  return code
}

fuzz({
  name: 'png',
  folders: ['png', 'inflate', 'animation', 'resize'],
  isSeed: bytes => bytes.length > 57 && bytes.readUInt32BE(0) === 0x89504e47,
  mutate: mutatePng,
  decode,
})
