import { type Held, type Holding, UploadError } from '@sluice/core'

/** @throws UploadError `storage-full`, `too-many-stored` */
export function checkHeld(held: Held, { maxHeldBytes, maxHeldFiles }: Holding): void {
  if (maxHeldBytes !== undefined && held.bytes > maxHeldBytes)
    throw new UploadError('storage-full', { maxHeldBytes }, { stage: 'store' })
  if (maxHeldFiles !== undefined && held.files > maxHeldFiles)
    throw new UploadError('too-many-stored', { maxHeldFiles }, { stage: 'store' })
}

/** @throws UploadError `store-failed`: its files are being deleted, and whoever comes again later finds it gone */
export function beingRemoved(id: string): UploadError {
  return new UploadError('store-failed', {}, { stage: 'store', detail: `upload ${id} is being removed` })
}
