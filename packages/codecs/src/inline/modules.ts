// Bundles for a server: bundlers set the condition `module`, runtimes do not. No file has to arrive there.
import { modules } from '#parts'
import type { CheckModules, ModuleName } from '../wasm/module-names.js'
import { once } from '../wasm/once.js'
import { unpack } from './unpack.js'

export const loadModule = once((name: ModuleName) => unpack(modules[name]))

export const checkModules: CheckModules = () => {}
