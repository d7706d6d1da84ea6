/** Two lower-case digits a byte. */
export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('')
}

/** Bytes of text as Web Crypto takes them. */
export function utf8(text: string): Uint8Array<ArrayBuffer> {
  // A new buffer each time, and no SharedArrayBuffer: the cast says only that.
  return new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>
}
