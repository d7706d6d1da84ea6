// A renderer that does what the first byte of its image says.
import { serveRenderer, UploadError } from './built.mjs'

const behaviours = {
  echo: ({ bytes }) => ({
    renditions: [{ name: 'main', format: 'webp', bytes, width: 1, height: 1, frames: 1 }],
  }),
  // 200 ms of computing.
  work(image) {
    const end = performance.now() + 200
    while (performance.now() < end);
    return behaviours.echo(image)
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
  render: async image => behaviours[image.name](image),
})
