import avifDec from '../../../dist/wasm/avif-dec.wasm?module'
import avifEnc from '../../../dist/wasm/avif-enc.wasm?module'
import type { CheckAvifModules, LoadAvifModule } from './module-names.js'

const modules = { 'avif-dec': avifDec, 'avif-enc': avifEnc }

export const loadModule: LoadAvifModule = async name => modules[name]

export const checkModules: CheckAvifModules = () => {}
