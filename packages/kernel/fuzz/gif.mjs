import { mutateBytes } from '@sluice/testkit/mutate/bytes'
import { fuzz } from './driver.mjs'
import { MOST_PIXELS, setRandomPlan } from './plans.mjs'

const MOST_FRAMES = 40

/** @type {import('./driver.mjs').Target['decode']} */
function decode(kernel, file, length, random) {
  const opened = kernel.openGif(file, length)
  if (opened !== 0) return opened
  const [width, height] = [kernel.gifWidth.value, kernel.gifHeight.value]
  if (width * height > MOST_PIXELS) return 'too large'
  setRandomPlan(kernel, width, height, random)
  if (random.chance(0.3)) return kernel.decodeGif()
  const frames = Math.min(kernel.gifFrameCount.value, MOST_FRAMES)
  let code = 0
  for (let i = 0; i < frames && code === 0; i++) code = kernel.nextGifFrame()
  return code
}

fuzz({
  name: 'gif',
  folders: ['gif', 'animation', 'resize'],
  isSeed: bytes => bytes.toString('latin1', 0, 4) === 'GIF8',
  mutate: (bytes, random) => mutateBytes(bytes, random, 8),
  decode,
})
