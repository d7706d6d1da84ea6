import jpegDec from '../../../dist/wasm/jpeg-dec.wasm?module'
import png from '../../../dist/wasm/png.wasm?module'
import resize from '../../../dist/wasm/resize.wasm?module'
import webpDec from '../../../dist/wasm/webp-dec.wasm?module'
import type { CheckJsquashModules, LoadJsquashModule } from './module-names.js'

const modules = { 'jpeg-dec': jpegDec, png, 'webp-dec': webpDec, resize }

export const loadModule: LoadJsquashModule = async name => modules[name]

export const checkModules: CheckJsquashModules = () => {}
