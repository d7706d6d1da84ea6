import { fuzz } from './driver.mjs'
import { frameSize, mutateJpeg } from './mutate-jpeg.mjs'
import { MOST_PIXELS, setRandomPlan } from './plans.mjs'

fuzz({
  name: 'jpeg',
  folders: ['jpeg'],
  isSeed: bytes => bytes[0] === 0xff && bytes[1] === 0xd8,
  mutate: mutateJpeg,
  decode(kernel, pointer, length, random, bytes) {
    const [width, height] = frameSize(bytes)
    if (width * height > MOST_PIXELS) return 'too large'
    setRandomPlan(kernel, Math.max(1, width), Math.max(1, height), random)
    return kernel.decodeJpeg(pointer, length)
  },
})
