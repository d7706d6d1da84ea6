import { UploadError } from '@sluice/core'
import { cure } from './load/check-files.js'
import type { LoadModule } from './module-names.js'

/**
 * Compiles each module once. A load that failed is tried again next time: a missing file may come back. It is
 * the operator's matter, never told to the sender as a fault of the image.
 */
export function once<Name extends string>(load: LoadModule<Name>): LoadModule<Name> {
  const loaded = new Map<Name, Promise<WebAssembly.Module>>()
  return name => {
    const known = loaded.get(name)
    if (known) return known
    const loading = Promise.resolve(name)
      .then(load)
      .catch(cause => {
        loaded.delete(name)
        throw unavailable(name, cause)
      })
    loaded.set(name, loading)
    return loading
  }
}

function unavailable(name: string, cause: unknown): UploadError {
  const detail = `the codec ${name} cannot be loaded: ${cause}. ${cure(name)}`
  return new UploadError('renderer-unavailable', {}, { detail, cause })
}
