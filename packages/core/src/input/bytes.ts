/**
 * A read past the end, inside core only: `readHeader` turns it into an `UploadError`. Past the end of the
 * file something is missing (`truncated`); past the end of a part, the part lies about its size (`corrupt`).
 */
export class OutOfBytes extends Error {
  override readonly name = 'OutOfBytes'
  constructor(readonly code: 'truncated' | 'corrupt') {
    super(`read past the end: ${code}`)
  }
}

/** Where a part of a file lies, in bytes from its start. */
export interface Span {
  readonly offset: number
  readonly length: number
}

/** Where a part of a file lies, and the one count for all parts. */
interface Part {
  readonly view: DataView
  readonly start: number
  readonly end: number
  readonly tally: { reads: number }
}

/**
 * A cursor over untrusted bytes, and the only code that indexes them. Every read is checked against the end
 * and counted, nothing is copied, and no number out of the file sizes an allocation. Big-endian unless it
 * says `le`.
 */
export class ByteReader {
  readonly #bytes: Uint8Array
  readonly #view: DataView
  readonly #start: number
  readonly #end: number
  readonly #tally: { reads: number }
  readonly #shortage: OutOfBytes['code']
  /** `position` is relative to the part, this is not. */
  #at: number

  /** Of a whole file. Parts of it come from `take`. */
  constructor(bytes: Uint8Array, part?: Part) {
    this.#bytes = bytes
    this.#view = part?.view ?? new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.#start = part?.start ?? 0
    this.#end = part?.end ?? bytes.length
    this.#tally = part?.tally ?? { reads: 0 }
    this.#shortage = part ? 'corrupt' : 'truncated'
    this.#at = this.#start
  }

  /**
   * Bytes looked at so far, in all parts of the file: what a test holds to a multiple of the file's length.
   */
  get reads(): number {
    return this.#tally.reads
  }
  get length(): number {
    return this.#end - this.#start
  }
  get position(): number {
    return this.#at - this.#start
  }
  /** Absolute, in the whole file. */
  get offset(): number {
    return this.#at
  }
  get left(): number {
    return this.#end - this.#at
  }

  /** Steps over `length` bytes and returns where they began. */
  #advance(length: number): number {
    if (!(length >= 0 && length <= this.left)) throw new OutOfBytes(this.#shortage)
    const start = this.#at
    this.#at += length
    return start
  }
  #read(length: number): number {
    this.#tally.reads += length
    return this.#advance(length)
  }

  u8(): number {
    return this.#view.getUint8(this.#read(1))
  }
  u16(littleEndian = false): number {
    return this.#view.getUint16(this.#read(2), littleEndian)
  }
  u16le(): number {
    return this.u16(true)
  }
  u24le(): number {
    return this.u16le() + this.u8() * 0x10000
  }
  u32(littleEndian = false): number {
    return this.#view.getUint32(this.#read(4), littleEndian)
  }
  u32le(): number {
    return this.u32(true)
  }
  /** A four-character code: a chunk type, a brand. */
  fourcc(): string {
    return this.text(4)
  }
  /** Latin-1 text of a length that the format fixes. */
  text(length: number): string {
    let text = ''
    for (let index = 0; index < length; index++) text += String.fromCharCode(this.u8())
    return text
  }

  skip(length: number): void {
    this.#advance(length)
  }
  /** Goes to an offset from the start of this part; its end is allowed. */
  seek(offset: number): void {
    if (!(offset >= 0 && offset <= this.length)) throw new OutOfBytes(this.#shortage)
    this.#at = this.#start + offset
  }
  /** The next `length` bytes as a view, counted as read: for checksums. */
  bytes(length: number): Uint8Array {
    const start = this.#read(length)
    return this.#bytes.subarray(start, start + length)
  }
  /** The next `length` bytes as a part of their own, which cannot be left. Costs no reads. */
  take(length: number): ByteReader {
    const start = this.#advance(length)
    return new ByteReader(this.#bytes, {
      view: this.#view,
      start,
      end: start + length,
      tally: this.#tally,
    })
  }

  /** Where what is left of this part lies in the file. */
  rest(): Span {
    return { offset: this.offset, length: this.left }
  }

  /** Whether the ASCII `text` stands at `offset`, without moving. False past the end. */
  has(text: string, offset = this.position): boolean {
    if (!(offset >= 0 && offset + text.length <= this.length)) return false
    for (let index = 0; index < text.length; index++) {
      this.#tally.reads++
      if (this.#bytes[this.#start + offset + index] !== text.charCodeAt(index)) return false
    }
    return true
  }
  /** Moves to the next byte of this value; to the end, with false, where there is none. */
  skipTo(byte: number): boolean {
    const found = this.#bytes.subarray(this.#at, this.#end).indexOf(byte)
    const passed = found === -1 ? this.left : found
    this.#at += passed
    this.#tally.reads += passed
    return this.#at < this.#end
  }
}

/** One array of several, in their order. Their sizes must be bounded by the caller. */
export function concatBytes(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
