import encoder from '../../../dist/wasm/oxipng.wasm'
import type { CheckPngModules, LoadPngModule } from './module-names.js'

const modules = { oxipng: encoder }

export const loadModule: LoadPngModule = async name => modules[name]

export const checkModules: CheckPngModules = () => {}
