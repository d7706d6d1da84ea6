import { avif } from '@sluice/codecs/avif'
import { heic } from '@sluice/codecs/heic'
import { exercise } from './exercise.mjs'
import { pictures } from './out/pictures.mjs'

globalThis.run = async () => {
  const module = await WebAssembly.compileStreaming(fetch('/libheif.wasm'))
  return exercise(pictures, [avif(), heic({ module })])
}
