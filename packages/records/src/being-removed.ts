import { UploadError } from '@sluice/core'

/**
 * @param id of the upload that somebody wants to store again while a sweep may be deleting its files: whoever comes
 * after the sweep finds it gone
 */
export function beingRemoved(id: string): UploadError {
  return new UploadError('store-failed', {}, { stage: 'store', detail: `upload ${id} is being removed` })
}
