/** Numbers as big-endian bytes. */
export const be16 = (value: number) => [value >>> 8, value & 255]
export const be32 = (value: number) => [...be16(value >>> 16), ...be16(value & 65_535)]
/** Numbers as little-endian bytes. */
export const le16 = (value: number) => be16(value).reverse()
export const le32 = (value: number) => be32(value).reverse()
export const ascii = (text: string) => Array.from(text, character => character.charCodeAt(0))

/** The smallest EXIF block (TIFF 6.0, big-endian) that holds an orientation. */
export const exifOf = (orientation: number) => [
  ...ascii('MM'),
  ...be16(42),
  ...be32(8),
  ...be16(1),
  ...[...be16(0x0112), ...be16(3), ...be32(1), ...be16(orientation), ...be16(0)],
  ...be32(0),
]

/** Packs numbers of few bits into bytes, the first at the low end (WebP, GIF) or at the high end (JPEG). */
export class BitWriter {
  readonly bytes: number[] = []
  #bits: number[] = []

  constructor(readonly first: 'low' | 'high') {}

  /** The low `count` bits of `value`; its lowest first or its highest first, as the writer is. */
  put(value: number, count: number): void {
    for (let index = 0; index < count; index++) {
      const place = this.first === 'low' ? index : count - 1 - index
      this.#bits.push(Math.floor(value / 2 ** place) % 2)
      if (this.#bits.length === 8) this.#flushByte()
    }
  }
  /** Fills the last byte with `padding`. */
  end(padding: 0 | 1): number[] {
    while (this.#bits.length > 0) this.put(padding, 1)
    return this.bytes
  }
  #flushByte() {
    const bits = this.first === 'low' ? this.#bits.reverse() : this.#bits
    this.bytes.push(bits.reduce((value, bit) => 2 * value + bit, 0))
    this.#bits = []
  }
}
