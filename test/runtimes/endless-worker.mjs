import { serveRenderer } from '@sluice/codecs'

serveRenderer({
  name: 'endless',
  reads: ['png'],
  writes: ['webp'],
  async render({ name }) {
    while (name === 'large.png');
    return { renditions: [], notes: [] }
  },
})
