import encoder from '../../../dist/wasm/jpeg-enc.wasm'
import type { LoadJpegModule } from './module-names.js'

const modules = { 'jpeg-enc': encoder }

export const loadModule: LoadJpegModule = async name => modules[name]
