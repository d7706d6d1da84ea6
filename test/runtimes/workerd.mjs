import { avif } from '@sluice/codecs/avif'
import { heic } from '@sluice/codecs/heic'
import { exercise } from './exercise.mjs'
import module from './out/made/libheif.wasm'
import { pictures } from './out/pictures.mjs'

export default {
  async test() {
    console.log(JSON.stringify(await exercise(pictures, [avif(), heic({ module })])))
  },
}
