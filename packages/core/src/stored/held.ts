import type { Held, Holding } from '../contracts/records.js'
import { UploadError } from '../errors/upload-error.js'

/** @throws UploadError `storage-full`, `too-many-stored` where an owner holds more than that */
export function checkHeld(held: Held, { maxHeldBytes, maxHeldFiles }: Holding): void {
  if (maxHeldBytes !== undefined && held.bytes > maxHeldBytes)
    throw new UploadError('storage-full', { maxHeldBytes })
  if (maxHeldFiles !== undefined && held.files > maxHeldFiles)
    throw new UploadError('too-many-stored', { maxHeldFiles })
}
