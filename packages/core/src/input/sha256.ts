import { hex } from '../text/hex.js'

/** SHA-256 of bytes, 64 hex digits. */
export async function sha256(bytes: Uint8Array): Promise<string> {
  // A view is hashed as it stands; the cast only says that it is no SharedArrayBuffer.
  return hex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>)))
}
