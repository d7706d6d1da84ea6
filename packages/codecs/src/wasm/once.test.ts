import { definePolicy, planRendering } from '@sluice/core'
import { expect, test, vi } from 'vitest'
import { picture } from '../../test/pictures.js'
import { once } from './once.js'

test('a module is loaded once, and again only where that failed', async () => {
  const module = await WebAssembly.compile(new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]))
  const load = vi.fn<() => Promise<WebAssembly.Module>>(async () => module)
  load.mockRejectedValueOnce(new Error('ENOENT: kernel.wasm'))
  const loadModule = once(load)
  await expect(loadModule('kernel')).rejects.toMatchObject({
    code: 'renderer-unavailable',
    status: 503,
    detail: expect.stringMatching(
      /^the codec kernel cannot be loaded: Error: ENOENT: kernel.wasm. If a bundler left it/,
    ),
  })
  expect(await Promise.all([loadModule('kernel'), loadModule('kernel')])).toEqual([module, module])
  expect(load).toHaveBeenCalledTimes(2)
})

test('a codec that is missing is the fault of the server, never of the image', async () => {
  vi.resetModules()
  vi.doMock('node:fs/promises', () => ({ readFile: () => Promise.reject(new Error('ENOENT')) }))
  const { kernelRenderer } = await import('../renderers/kernel.js')
  const { prepare } = await import('../testing/exam.js')
  const [image] = await prepare(await picture('photos/grey.jpg'))
  const plan = planRendering(image.header, definePolicy())
  await expect(kernelRenderer().render(image, plan)).rejects.toMatchObject({ code: 'renderer-unavailable' })
  vi.doUnmock('node:fs/promises')
})
