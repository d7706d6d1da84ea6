// Edge functions (Vercel, Next.js) compile WebAssembly at deployment; `?module` asks for the module itself.
import encoder from '../../dist/wasm/encoder.wasm?module'
import kernel from '../../dist/wasm/kernel.wasm?module'
import lcms from '../../dist/wasm/lcms.wasm?module'
import type { CheckModules, LoadModule, ModuleName } from './module-names.js'

const modules: Readonly<Record<ModuleName, WebAssembly.Module>> = { kernel, encoder, lcms }

export const loadModule: LoadModule = async name => modules[name]

/** A module that is missing fails the deployment. */
export const checkModules: CheckModules = () => {}
