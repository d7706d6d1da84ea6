// A renderer that does what the first byte of its image says.
import { serveRenderer, UploadError } from './built.mjs'

const behaviours = {
  echo: ({ bytes }) => ({
    renditions: [{ name: 'main', format: 'webp', bytes, width: 1, height: 1, frames: 1 }],
  }),
  // 200 ms of computing, and from when to when that was, on a clock that all threads share.
  work(image) {
    const from = performance.timeOrigin + performance.now()
    let to = from
    while (to < from + 200) to = performance.timeOrigin + performance.now()
    return behaviours.echo({ ...image, bytes: new Uint8Array(new Float64Array([from, to]).buffer) })
  },
  // Needs more than 30 MiB.
  large(image, plan) {
    return plan.budget.memoryMb > 30 ? behaviours.work(image) : behaviours.hungry(image, plan)
  },
  spin() {
    for (;;);
  },
  refuse() {
    throw new UploadError('too-many-pixels', { width: 9, height: 9, maxPixels: 1 }, { detail: 'private' })
  },
  throw() {
    throw 98488
  },
  exit() {
    process.exit(3)
  },
  // Answers, and is gone then.
  leave(image) {
    setTimeout(() => process.exit(4), 0)
    return behaviours.echo(image)
  },
  hungry(_, { budget: { memoryMb } }) {
    throw new UploadError('too-much-memory', { memoryMb })
  },
  crash() {
    setTimeout(() => {
      throw new Error('out of nowhere')
    }, 0)
    return new Promise(() => {})
  },
}

serveRenderer({
  name: 'toy',
  reads: ['png'],
  writes: ['webp'],
  render: async (image, plan) => behaviours[image.name](image, plan),
})
