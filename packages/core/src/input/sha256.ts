import { hex } from '../text/hex.js'

/** Gives the SHA-256 of bytes in 64 hexadecimal digits. */
export type Sha256 = (bytes: Uint8Array) => Promise<string>

/** By WebCrypto, which every runtime has. In Node it copies what it hashes. */
export async function sha256(bytes: Uint8Array): Promise<string> {
  // A view is hashed as it stands; the cast only says that it is no SharedArrayBuffer.
  return hex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>)))
}
