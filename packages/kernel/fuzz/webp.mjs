import { bytesOf, cases } from '@sluice/testkit/corpus'
import { mutateImage } from '@sluice/testkit/mutate/mutate-image'
import { fuzz } from './driver.mjs'
import { MOST_PIXELS, setRandomPlan } from './plans.mjs'

const MOST_FRAMES = 40
const MOST_POOL_BYTES = 8000

/** @param {Uint8Array} bytes */
const isWebp = bytes => Buffer.from(bytes.subarray(8, 12)).toString('latin1') === 'WEBP'
const pool = cases
  .filter(entry => entry.bytes <= MOST_POOL_BYTES)
  .map(bytesOf)
  .filter(isWebp)

/** @type {import('./driver.mjs').Target['decode']} */
function decode(kernel, file, length, random) {
  const opened = kernel.openWebp(file, length)
  if (opened !== 0) return opened
  const [width, height] = [kernel.webpWidth.value, kernel.webpHeight.value]
  if (width * height > MOST_PIXELS) return 'too large'
  setRandomPlan(kernel, width, height, random)
  const frames = Math.min(kernel.webpFrameCount.value, MOST_FRAMES)
  if (frames === 0 || random.chance(0.3)) return kernel.decodeWebp()
  let code = 0
  for (let i = 0; i < frames && code === 0; i++) code = kernel.nextWebpFrame()
  return code
}

fuzz({
  name: 'webp',
  folders: ['webp', 'animation', 'resize'],
  isSeed: isWebp,
  mutate: (bytes, random) => Buffer.from(mutateImage(bytes, random, pool)),
  decode,
})
