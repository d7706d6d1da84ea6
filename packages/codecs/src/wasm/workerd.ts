// Cloudflare Workers compile WebAssembly at upload only, so the modules are imported, not read.
import encoder from '../../dist/wasm/encoder.wasm'
import kernel from '../../dist/wasm/kernel.wasm'
import lcms from '../../dist/wasm/lcms.wasm'
import type { CheckModules, LoadModule, ModuleName } from './module-names.js'

const modules: Readonly<Record<ModuleName, WebAssembly.Module>> = { kernel, encoder, lcms }

export const loadModule: LoadModule = async name => modules[name]

/** A module that is missing fails the deployment. */
export const checkModules: CheckModules = () => {}
