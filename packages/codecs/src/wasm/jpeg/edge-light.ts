import encoder from '../../../dist/wasm/jpeg-enc.wasm?module'
import type { CheckJpegModules, LoadJpegModule } from './module-names.js'

const modules = { 'jpeg-enc': encoder }

export const loadModule: LoadJpegModule = async name => modules[name]

export const checkModules: CheckJpegModules = () => {}
