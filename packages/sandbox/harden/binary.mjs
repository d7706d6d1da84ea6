// Reading and writing the WebAssembly binary format, as far as hardening needs it.
// https://webassembly.github.io/spec/core/binary/modules.html

/** What is written: bytes as read, or a short list. @typedef {Uint8Array | readonly number[]} Bytes */

/** The bodies of a module's sections, by id. @typedef {Map<number, Uint8Array>} Sections */

export const SECTION = {
  type: 1,
  import: 2,
  function: 3,
  memory: 5,
  global: 6,
  export: 7,
  start: 8,
  element: 9,
  code: 10,
}
export const KIND = { function: 0, table: 1, memory: 2, global: 3 }

/** A cursor over bytes. Everything it meets is a pinned file, yet it never reads past the end. */
export class Reader {
  /** @param {Uint8Array} bytes @param {number} [at] the first @param {number} [end] behind the last */
  constructor(bytes, at = 0, end = bytes.length) {
    this.bytes = bytes
    this.at = at
    this.end = end
  }
  get done() {
    return this.at >= this.end
  }
  byte() {
    const byte = this.at < this.end ? this.bytes[this.at] : undefined
    if (byte === undefined) throw new Error(`unexpected end at byte ${this.at}`)
    this.at++
    return byte
  }
  /** @param {number} count of bytes */
  skip(count) {
    if (count > this.end - this.at) throw new Error(`unexpected end at byte ${this.at}`)
    this.at += count
  }
  /** Unsigned LEB128, 32 bits. */
  u32() {
    let value = 0
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.byte()
      value += (byte & 127) * 2 ** shift
      if (byte < 128) return value
    }
    throw new Error(`number too long at byte ${this.at}`)
  }
  /** Signed or unsigned LEB128 of any width, whose value does not matter. */
  skipNumber() {
    for (let length = 0; length < 10; length++) if (this.byte() < 128) return
    throw new Error(`number too long at byte ${this.at}`)
  }
  name() {
    const length = this.u32()
    const start = this.at
    this.skip(length)
    return new TextDecoder('utf-8', { fatal: true }).decode(this.bytes.subarray(start, this.at))
  }
  /** The bytes that `read` walks over, as they stand. @param {() => void} read */
  verbatim(read) {
    const start = this.at
    read()
    return this.bytes.subarray(start, this.at)
  }
  /**
   * A vector: its length, then that many items.
   * @template Item
   * @param {() => Item} readItem
   */
  list(readItem) {
    return Array.from({ length: this.u32() }, () => readItem())
  }
}

/** Unsigned LEB128. @param {number} value */
export function u32(value) {
  const out = []
  do {
    const rest = Math.floor(value / 128)
    out.push((value % 128) | (rest > 0 ? 128 : 0))
    value = rest
  } while (value > 0)
  return out
}

/** Signed LEB128 of a small non-negative number: a constant operand. @param {number} value */
export function s64(value) {
  const out = []
  for (;;) {
    const low = value % 128
    value = Math.floor(value / 128)
    if (value === 0 && low < 64) return [...out, low]
    out.push(low | 128)
  }
}

/** A name: its length in bytes, then UTF-8. @param {string} string */
export function text(string) {
  const bytes = new TextEncoder().encode(string)
  return [...u32(bytes.length), ...bytes]
}

/** A vector of items that are encoded already. @param {readonly Bytes[]} items */
export function list(items) {
  const bytes = items.map(item => (item instanceof Uint8Array ? item : Uint8Array.from(item)))
  return Buffer.concat([Buffer.from(u32(items.length)), ...bytes])
}

/**
 * Custom sections (names, producers) are dropped: they have no meaning for running.
 * @param {Uint8Array} bytes of a module
 */
export function parse(bytes) {
  const reader = new Reader(bytes)
  const magic = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]
  if (!magic.every(byte => reader.byte() === byte)) throw new Error('not a WebAssembly module of version 1')
  /** @type {Sections} */
  const sections = new Map()
  while (!reader.done) {
    const id = reader.byte()
    const length = reader.u32()
    const start = reader.at
    reader.skip(length)
    if (id !== 0) sections.set(id, bytes.subarray(start, reader.at))
  }
  return sections
}

// The data count section (12) stands before the code section.
const ORDER = [1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 10, 11]

/**
 * @param {Sections} sections
 * @param {Readonly<Record<string, Bytes>>} [custom] bytes of the custom sections to add, by name
 */
export function serialize(sections, custom = {}) {
  const parts = [Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0])]
  for (const [name, bytes] of Object.entries(custom)) {
    const body = [...text(name), ...bytes]
    parts.push(Buffer.from([0, ...u32(body.length), ...body]))
  }
  for (const id of ORDER) {
    const body = sections.get(id)
    if (body) parts.push(Buffer.from([id, ...u32(body.length)]), Buffer.from(body))
  }
  return Buffer.concat(parts)
}
