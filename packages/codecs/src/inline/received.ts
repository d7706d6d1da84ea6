// `#modules` of a worker whose code was carried: it has no file to read, and is given the modules when it starts.
import { workerData } from 'node:worker_threads'
import type { CheckModules, ModuleName } from '../wasm/module-names.js'
import { once } from '../wasm/once.js'
import type { Parts } from './carried.js'
import { unpack } from './unpack.js'

const modules = workerData as Parts['modules']

export const loadModule = once((name: ModuleName) => unpack(modules[name]))

export const checkModules: CheckModules = () => {}
