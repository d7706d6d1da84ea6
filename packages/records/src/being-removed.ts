import { UploadError } from '@sluice/core'

/**
 * For an upload that is stored again while a sweep may be deleting its files: after the sweep it is gone, and
 * another attempt succeeds.
 */
export function beingRemoved(id: string): UploadError {
  return new UploadError('store-failed', {}, { stage: 'store', detail: `upload ${id} is being removed` })
}
