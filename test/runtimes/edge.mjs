import { avif } from '@sluice/codecs/avif'
import { heic } from '@sluice/codecs/heic'
import { exercise } from './exercise.mjs'
import module from './out/made/libheif.wasm?module'
import { pictures } from './out/pictures.mjs'

globalThis.run = async () => JSON.stringify(await exercise(pictures, [avif(), heic({ module })]))
