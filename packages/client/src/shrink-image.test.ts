import { readFileSync } from 'node:fs'
import { definePolicy } from '@sluice/core'
import { afterEach, expect, test, vi } from 'vitest'
import { shrinkImage } from './shrink-image.js'

// What a browser makes of a picture is tried in one (test/browser): here, what becomes of a browser's
// failures.
const photo = new Blob([readFileSync(new URL('../../../fixtures/files/photos/valley.jpg', import.meta.url))])
const policy = definePolicy({ output: { maxWidth: 100, maxHeight: 100 } })

class Canvas {
  getContext() {
    return { drawImage() {} }
  }
  convertToBlob({ type }: { readonly type: string }) {
    return Promise.resolve(new Blob(['drawn'], { type }))
  }
}

function browserThat(createImageBitmap: () => Promise<unknown>) {
  const asked = vi.fn(createImageBitmap)
  vi.stubGlobal('createImageBitmap', asked)
  vi.stubGlobal('OffscreenCanvas', Canvas)
  return asked
}
afterEach(() => vi.unstubAllGlobals())

test('a large picture is drawn smaller', async () => {
  const close = vi.fn()
  const asked = browserThat(async () => ({ close }))
  expect(await (await shrinkImage(photo, policy)).text()).toBe('drawn')
  expect(asked).toHaveBeenCalledWith(photo, expect.objectContaining({ resizeWidth: 100, resizeHeight: 75 }))
  expect(close).toHaveBeenCalledOnce()
})

test('its crop stays as large as the server needs it', async () => {
  const asked = browserThat(async () => ({ close() {} }))
  const size = (resizeWidth: number, resizeHeight: number) =>
    expect(asked).toHaveBeenLastCalledWith(photo, expect.objectContaining({ resizeWidth, resizeHeight }))
  await shrinkImage(photo, policy, { crop: { x: 0, y: 0, width: 0.5, height: 0.5 } })
  size(200, 150)
  // An output of 10 pixels needs no more, but the server refuses a crop of fewer than 16.
  const tiny = definePolicy({ output: { maxWidth: 10, maxHeight: 10 } })
  await shrinkImage(photo, tiny, { crop: { x: 0, y: 0, width: 0.5, height: 0.5 } })
  size(45, 34)
})

test.each([
  ['cannot decode it', new DOMException('cannot be decoded', 'InvalidStateError')],
  ['does not know an option', new TypeError("'from-image' is not a valid value of ImageOrientation")],
])('a browser that %s sends the file as it is', async (_, thrown) => {
  const asked = browserThat(() => Promise.reject(thrown))
  expect(await shrinkImage(photo, policy)).toBe(photo)
  expect(asked).toHaveBeenCalledOnce()
})

test('a browser without the interfaces sends the file as it is', async () => {
  expect('OffscreenCanvas' in globalThis).toBe(false)
  expect(await shrinkImage(photo, policy)).toBe(photo)
})

test('what no browser throws at a picture is not hidden', async () => {
  browserThat(() => Promise.reject(new ReferenceError('a bug')))
  await expect(shrinkImage(photo, policy)).rejects.toThrow('a bug')
})

test('what cannot be read, or is no image, comes back as it is: the check says what is wrong', async () => {
  const asked = browserThat(async () => ({ close() {} }))
  const gone = Object.assign(new Blob(['x']), {
    arrayBuffer: () => Promise.reject(new DOMException('changed since', 'NotReadableError')),
  })
  const cut = photo.slice(0, 100)
  for (const file of [gone, cut, new Blob(['hello'])]) expect(await shrinkImage(file, policy)).toBe(file)
  expect(asked).not.toHaveBeenCalled()
  const broken = Object.assign(new Blob(['x']), {
    arrayBuffer: () => Promise.reject(new RangeError('a bug')),
  })
  await expect(shrinkImage(broken, policy)).rejects.toThrow('a bug')
})
