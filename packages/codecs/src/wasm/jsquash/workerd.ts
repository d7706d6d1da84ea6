import jpegDec from '../../../dist/wasm/jpeg-dec.wasm'
import png from '../../../dist/wasm/png.wasm'
import resize from '../../../dist/wasm/resize.wasm'
import webpDec from '../../../dist/wasm/webp-dec.wasm'
import type { CheckJsquashModules, LoadJsquashModule } from './module-names.js'

const modules = { 'jpeg-dec': jpegDec, png, 'webp-dec': webpDec, resize }

export const loadModule: LoadJsquashModule = async name => modules[name]

export const checkModules: CheckJsquashModules = () => {}
