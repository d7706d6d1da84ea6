// The outer layer of each format as a list of parts, and back, so that lengths and checksums are right again.
import { crc32 } from 'node:zlib'

/**
 * @typedef {{ head: Uint8Array, data: Uint8Array, inner?: Container }} Part `head` names it, `data` is what it holds
 * @typedef {{ matches(bytes: Uint8Array): boolean, split(bytes: Uint8Array): Part[], join(parts: Part[]): Uint8Array }} Container
 */

/** @param {Uint8Array} bytes */
const latin1 = bytes => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
/** @param {number} value */
const u16 = value => [(value >>> 8) & 255, value & 255]
/** @param {number} value */
const u32 = value => [...u16(value >>> 16), ...u16(value)]
/** @param {number} value */
const le32 = value => u32(value).reverse()
/** @param {Uint8Array} bytes @param {number} at @param {number} length */
const number = (bytes, at, length) =>
  bytes.subarray(at, at + length).reduce((sum, byte) => sum * 256 + byte, 0)
/** @param {Uint8Array} bytes @param {number} at */
const little = (bytes, at) => number(bytes.slice(at, at + 4).reverse(), 0, 4)
/** @param {readonly ArrayLike<number>[]} parts */
const concat = parts => new Uint8Array(Buffer.concat(parts.map(part => Uint8Array.from(part))))

/** PNG, 3rd edition, 5.3: length, type, data, checksum. @type {Container} */
const png = {
  matches: bytes => latin1(bytes.subarray(0, 4)) === '\x89PNG',
  split(bytes) {
    /** @type {Part[]} */
    const parts = [{ head: new Uint8Array(), data: bytes.subarray(0, 8) }]
    for (let at = 8, end = 0; at + 12 <= bytes.length; at = end + 4) {
      end = at + 8 + number(bytes, at, 4)
      parts.push({ head: bytes.subarray(at + 4, at + 8), data: bytes.subarray(at + 8, end) })
    }
    return parts
  },
  join: parts =>
    concat(
      parts.flatMap(({ head, data }) =>
        head.length === 0 ? [data] : [u32(data.length), head, data, u32(crc32(data, crc32(head)))],
      ),
    ),
}

/**
 * ITU-T T.81, B.1.1: segments with a length; entropy-coded data follows its scan header as a part without
 * one.
 * @type {Container}
 */
const jpeg = {
  matches: bytes => bytes[0] === 0xff && bytes[1] === 0xd8,
  split(bytes) {
    /** @type {Part[]} */
    const parts = []
    /** @param {number} code */
    const standalone = code => code === 0xd8 || code === 0xd9 || code === 0x01
    for (let at = 0; at + 2 <= bytes.length; ) {
      const code = bytes[at + 1] ?? 0
      if (bytes[at] !== 0xff) {
        const end = nextMarker(bytes, at)
        parts.push({ head: new Uint8Array(), data: bytes.subarray(at, end) })
        at = end
      } else if (standalone(code)) {
        parts.push({ head: new Uint8Array(), data: bytes.subarray(at, at + 2) })
        at += 2
      } else {
        const end = at + 2 + Math.max(2, number(bytes, at + 2, 2))
        parts.push({ head: bytes.subarray(at, at + 2), data: bytes.subarray(at + 4, end) })
        at = end
      }
    }
    return parts
  },
  join: parts =>
    concat(
      parts.flatMap(({ head, data }) => (head.length === 0 ? [data] : [head, u16(data.length + 2), data])),
    ),
}
/**
 * Where the entropy-coded data that begins at `at` ends: restart markers and stuffed bytes belong to it.
 * @param {Uint8Array} bytes
 * @param {number} at
 */
function nextMarker(bytes, at) {
  for (let next = bytes.indexOf(0xff, at); next >= 0; next = bytes.indexOf(0xff, next + 1)) {
    const code = bytes[next + 1] ?? 0
    if (code >= 0xc0 && !(code >= 0xd0 && code <= 0xd7)) return next
  }
  return bytes.length
}

/** GIF89a: the screen with its palette, then blocks, each with its chain of sub-blocks. @type {Container} */
const gif = {
  matches: bytes => latin1(bytes.subarray(0, 4)) === 'GIF8',
  split(bytes) {
    /** @param {number} packed @param {number} at */
    const paletteAfter = (packed, at) => at + (packed & 0x80 ? 3 << ((packed & 7) + 1) : 0)
    const screen = paletteAfter(bytes[10] ?? 0, 13)
    /** @type {Part[]} */
    const parts = [{ head: new Uint8Array(), data: bytes.subarray(0, screen) }]
    for (let at = screen; at < bytes.length; ) {
      const body = bytes[at] === 0x2c ? paletteAfter(bytes[at + 9] ?? 0, at + 10) + 1 : at + 2
      const hasBlocks = bytes[at] === 0x2c || bytes[at] === 0x21
      let end = hasBlocks ? body : bytes.length
      while (hasBlocks && end < bytes.length && bytes[end] !== 0) end += 1 + (bytes[end] ?? 0)
      parts.push({ head: bytes.subarray(at, body), data: bytes.subarray(body, end + 1) })
      at = end + 1
    }
    return parts
  },
  join: parts => concat(parts.flatMap(({ head, data }) => [head, data])),
}

/** RFC 9649, 2.3: chunks of RIFF, padded to even lengths. @type {Container} */
const chunks = {
  matches: () => true,
  split(bytes) {
    /** @type {Part[]} */
    const parts = []
    for (let at = 0, end = 0; at + 8 <= bytes.length; at = end + (end & 1)) {
      end = Math.min(bytes.length, at + 8 + little(bytes, at + 4))
      const head = bytes.subarray(at, at + 4)
      const frame = latin1(head) === 'ANMF' ? { inner: after(16, chunks) } : {}
      parts.push({ head, data: bytes.subarray(at + 8, end), ...frame })
    }
    return parts
  },
  join: parts =>
    concat(parts.flatMap(({ head, data }) => [head, le32(data.length), data, data.length & 1 ? [0] : []])),
}
/** @type {Container} */
const webp = {
  matches: bytes => latin1(bytes.subarray(0, 4)) === 'RIFF',
  split: bytes => chunks.split(bytes.subarray(12)),
  join(parts) {
    const body = chunks.join(parts)
    return concat([Buffer.from('RIFF'), le32(body.length + 4), Buffer.from('WEBP'), body])
  },
}

/** ISO/IEC 14496-12, 4.2. @type {Container} */
const heif = {
  matches: bytes => latin1(bytes.subarray(4, 8)) === 'ftyp',
  split(bytes) {
    /** @type {Part[]} */
    const parts = []
    for (let at = 0, end = 0; at + 8 <= bytes.length; at = end) {
      const size = number(bytes, at, 4)
      end = size < 8 ? bytes.length : Math.min(bytes.length, at + size)
      const head = bytes.subarray(at + 4, at + 8)
      const inner = nested(latin1(head))
      parts.push({ head, data: bytes.subarray(at + 8, end), ...(inner && { inner }) })
    }
    return parts
  },
  join: parts => concat(parts.flatMap(({ head, data }) => [u32(data.length + 8), head, data])),
}

/** What a box holds, where that is boxes. @param {string} type @returns {Container | undefined} */
function nested(type) {
  if (type === 'meta') return after(4, heif)
  return type === 'iprp' || type === 'ipco' ? heif : undefined
}

/**
 * Parts that begin behind some fields.
 * @param {number} offset
 * @param {Container} container
 * @returns {Container}
 */
function after(offset, container) {
  return {
    matches: () => true,
    split: bytes => [
      { head: new Uint8Array(), data: bytes.subarray(0, offset) },
      ...container.split(bytes.subarray(offset)),
    ],
    join: ([fields, ...parts]) => concat([fields?.data ?? [], container.join(parts)]),
  }
}

/** @param {Uint8Array} bytes @returns {Container | undefined} */
export const containerOf = bytes => [png, jpeg, gif, webp, heif].find(container => container.matches(bytes))
