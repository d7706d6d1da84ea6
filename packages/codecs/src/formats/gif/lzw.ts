import { zeros } from '@sluice/sandbox'

const MAX_CODES = 4096
const CODE_BITS = 12
/** Of a buffer for what is written. */
const leastBytes = 1024

/**
 * At `index << 12 | code`, what the code becomes when the index follows it: two megabytes, made once, for all
 * pictures, and cleared only where something was written. All 0 here; undefined while it is in use, or if a call
 * did not end.
 */
let idleFollowers: Uint16Array | undefined

/** Compresses palette indices with GIF's variable-length codes (GIF89a, appendix F). One serves all frames of a picture. */
export class LzwCompressor {
  /** By code, where among the followers it stands. */
  readonly #places = new Uint32Array(MAX_CODES)
  readonly #out = new CodeWriter()
  /** How many indices there were in all frames so far, which is what it costs. A frame that is tried twice counts twice. */
  indices = 0

  /**
   * @param bits of an index, 1 to 8
   * @param below how many bytes it must stay
   * @returns the codes in bytes, the lowest bit first, not yet in sub-blocks; undefined if they are too many
   */
  compress(indices: Uint8Array, bits: number): Uint8Array
  compress(indices: Uint8Array, bits: number, below: number): Uint8Array | undefined
  compress(indices: Uint8Array, bits: number, below = Number.POSITIVE_INFINITY): Uint8Array | undefined {
    const followers = idleFollowers ?? new Uint16Array(256 << CODE_BITS)
    idleFollowers = undefined
    const places = this.#places
    this.indices += indices.length
    // The specification has no code size below 2.
    const rootBits = Math.max(bits, 2)
    const clear = 1 << rootBits
    const end = clear + 1
    const out = this.#out
    out.begin()
    let nextCode = end + 1
    let codeBits = rootBits + 1

    out.put(clear, codeBits)
    let code = indices[0] ?? 0
    for (let at = 1; at < indices.length; at++) {
      const index = indices[at] ?? 0
      const place = (index << CODE_BITS) | code
      const follower = followers[place] ?? 0
      if (follower !== 0) {
        code = follower
        continue
      }
      out.put(code, codeBits)
      if (nextCode < MAX_CODES) {
        // The reader is one code behind: it needs the longer code only for the one after.
        if (nextCode === 1 << codeBits) codeBits += 1
        places[nextCode] = place
        followers[place] = nextCode++
      } else {
        if (out.length >= below) break
        out.put(clear, codeBits)
        this.#forget(followers, nextCode)
        nextCode = end + 1
        codeBits = rootBits + 1
      }
      code = index
    }
    this.#forget(followers, nextCode)
    idleFollowers = followers
    out.put(code, codeBits)
    if (nextCode === 1 << codeBits && codeBits < CODE_BITS) codeBits += 1
    out.put(end, codeBits)
    const data = out.finish()
    return data.length < below ? data : undefined
  }

  #forget(followers: Uint16Array, nextCode: number): void {
    for (const place of this.#places.subarray(0, nextCode)) followers[place] = 0
  }
}

/** Codes into bytes, in a buffer that grows, and stays for what comes next. */
class CodeWriter {
  #bytes = zeros(leastBytes)
  #pending = 0
  #count = 0
  /** Whole bytes so far. */
  length = 0

  begin(): void {
    this.#pending = 0
    this.#count = 0
    this.length = 0
  }

  put(code: number, bits: number): void {
    this.#pending |= code << this.#count
    this.#count += bits
    while (this.#count >= 8) this.#flushByte()
  }
  finish(): Uint8Array {
    if (this.#count > 0) this.#flushByte()
    return this.#bytes.slice(0, this.length)
  }
  #flushByte(): void {
    if (this.length === this.#bytes.length) {
      const larger = zeros(2 * this.length)
      larger.set(this.#bytes)
      this.#bytes = larger
    }
    this.#bytes[this.length++] = this.#pending
    this.#pending >>>= 8
    this.#count -= 8
  }
}
