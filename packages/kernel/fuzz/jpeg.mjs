import { readdirSync, readFileSync } from 'node:fs'
import { fuzz } from './driver.mjs'
import { frameSize, mutateJpeg } from './mutate-jpeg.mjs'
import { MOST_PIXELS, setRandomPlan } from './plans.mjs'

const samples = new URL('../test/arithmetic/', import.meta.url)
/** Nodes of an ink table; what it holds does not matter. */
const nodes = 2

fuzz({
  name: 'jpeg',
  // Of arithmetic coding the corpus has one file. Each counts often, beside hundreds of the other coding.
  more: readdirSync(samples)
    .filter(name => name.endsWith('.jpg'))
    .flatMap(name => Array.from({ length: 30 }, () => readFileSync(new URL(name, samples)))),
  folders: ['jpeg'],
  isSeed: bytes => bytes[0] === 0xff && bytes[1] === 0xd8,
  mutate: mutateJpeg,
  decode(kernel, pointer, length, random, bytes) {
    const [width, height] = frameSize(bytes)
    if (width * height > MOST_PIXELS) return 'too large'
    setRandomPlan(kernel, Math.max(1, width), Math.max(1, height), random)
    const colours = random.chance(0.5) ? kernel.alloc(BigInt(4 * nodes ** 4)) >>> 0 : 0
    if (colours) kernel.setInkTable(colours, nodes)
    return kernel.decodeJpeg(pointer, length)
  },
})
