import { expect, it } from 'vitest'
import { picture } from '../../test/pictures.js'

it('no codec leaves a global behind, or needs one', async () => {
  const before = Object.getOwnPropertyNames(globalThis)
  expect(before).not.toContain('ImageData')
  const { decodeJpeg, decodePng, decodeWebp, encodeWebp } = await import('../jsquash.js')
  const limits = { memoryBytes: 64 * 2 ** 20, fuel: 1e9 }
  for (const [decode, path] of [
    [decodeJpeg, 'photos/grey.jpg'],
    [decodePng, 'png/palette.png'],
    [decodeWebp, 'webp/lossy.webp'],
  ] as const) {
    const { pixels, width, height, release } = await decode(await picture(path), limits)
    await encodeWebp(pixels, width, height, { quality: 80, effort: 2 }, limits)
    release()
  }
  expect(Object.getOwnPropertyNames(globalThis)).toEqual(before)
})
