import { sharpRenderer } from '@sluice/codecs/sharp'
import { checkRenderer } from '@sluice/codecs/testing'
import { wasmVipsRenderer } from '@sluice/codecs/wasm-vips'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import Vips from 'wasm-vips'

test('sharp is a renderer like ours', async () => {
  expect(await checkRenderer(sharpRenderer(sharp))).toEqual([])
})

test('wasm-vips is a renderer like ours', async () => {
  const vips = await Vips({ dynamicLibraries: [] })
  try {
    expect(await checkRenderer(wasmVipsRenderer(vips))).toEqual([])
  } finally {
    vips.shutdown()
  }
})
