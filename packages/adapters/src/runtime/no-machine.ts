// Workers, edge functions and browsers have no file system, and must not have node:fs in their bundle.
import type { Store } from '@sluice/core'
import { OptionError } from '../option-error.js'

export { sha256 } from '@sluice/core'

export function openFolder(_folder: string): Store {
  throw new OptionError('store', 'cannot be a folder in a runtime without a file system: pass a Store')
}

/** Such runtimes do not tell it: their clocks stand still during computation. */
export const processorTime = (): number | undefined => undefined
