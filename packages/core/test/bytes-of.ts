/** Bytes from numbers, Latin-1 text and other bytes, in a row. */
export function bytesOf(...parts: readonly (number | string | Uint8Array)[]): Uint8Array {
  return Uint8Array.from(
    parts.flatMap(part =>
      typeof part === 'number'
        ? [part]
        : typeof part === 'string'
          ? Array.from(part, character => character.charCodeAt(0))
          : Array.from(part),
    ),
  )
}

/** A whole number as `length` bytes. */
export function be(value: number, length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => Math.floor(value / 256 ** (length - 1 - index)) % 256)
}
export function le(value: number, length: number): Uint8Array {
  return be(value, length).reverse()
}
