// tsup.config.ts says what `?packed` and `?worker` make of a file.
import encoder from '../../dist/wasm/encoder.wasm?packed'
import kernel from '../../dist/wasm/kernel.wasm?packed'
import lcms from '../../dist/wasm/lcms.wasm?packed'
import code from '../pool/render-worker.ts?worker'
import type { Parts } from './carried.js'

export const modules: Parts['modules'] = { kernel, encoder, lcms }

export const worker: Parts['worker'] = code
