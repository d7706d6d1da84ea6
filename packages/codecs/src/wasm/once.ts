import { UploadError } from '@sluice/core'
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
    const loading = load(name).catch(cause => {
      loaded.delete(name)
      throw unavailable(`the codec ${name}`, cause)
    })
    loaded.set(name, loading)
    return loading
  }
}

/** A codec that cannot be had. */
export function unavailable(what: string, cause: unknown): UploadError {
  return new UploadError('renderer-unavailable', {}, { detail: `${what} cannot be loaded: ${cause}`, cause })
}
