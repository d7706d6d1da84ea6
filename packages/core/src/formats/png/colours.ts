import type { ByteReader } from '../../input/bytes.js'
import type { CodePoints, Header } from '../header.js'

/**
 * Longer names have no end. The standard has at most 79 bytes (PNG 3rd edition, 11.3.2.3), files have more.
 */
const longestName = 80

/** What the chunks before the image data say about the colours: the first of each kind counts. */
export class PngColours {
  #iccBytes = 0
  #icc: Header['icc'] | undefined
  #codePoints: CodePoints | 'broken' | undefined

  /** iCCP, of which only what stands before the image data is meant. */
  profile(body: ByteReader, meant: boolean): void {
    this.#iccBytes += body.length
    if (meant) this.#icc ??= readProfile(body)
  }

  /** cICP, likewise. */
  codePoints(body: ByteReader, meant: boolean): void {
    if (meant) this.#codePoints ??= readCodePoints(body)
  }

  /** cICP goes before iCCP (PNG 3rd edition, 4.3). */
  finish(): Pick<Header, 'iccBytes' | 'icc' | 'codePoints'> {
    const iccBytes = this.#iccBytes
    const codePoints = this.#codePoints
    if (codePoints === 'broken') return { iccBytes, icc: 'broken' }
    return codePoints ? { iccBytes, icc: [], codePoints } : { iccBytes, icc: this.#icc ?? [] }
  }
}

/** The compressed profile behind its name and a byte for the method, of which there is one. */
function readProfile(body: ByteReader): Header['icc'] {
  const name = body.take(Math.min(body.left, longestName + 1))
  if (!name.skipTo(0)) return 'broken'
  body.seek(name.position + 1)
  if (body.left === 0) return 'broken'
  body.skip(1)
  return [body.rest()]
}

function readCodePoints(body: ByteReader): CodePoints | 'broken' {
  return body.left < 2 ? 'broken' : { primaries: body.u8(), transfer: body.u8() }
}
