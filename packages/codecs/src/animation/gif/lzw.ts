const MAX_CODES = 4096

/**
 * Compresses palette indices with GIF's variable-length codes (GIF89a, appendix F).
 * @param bits of an index, 1 to 8
 * @returns the codes in bytes, the lowest bit first; not yet in sub-blocks
 */
export function compressLzw(indices: Uint8Array, bits: number): Uint8Array {
  // The specification has no code size below 2.
  const rootBits = Math.max(bits, 2)
  const clear = 1 << rootBits
  const end = clear + 1
  const out = new CodeWriter(indices.length)
  // What each code becomes when an index follows it; 0 for nothing yet.
  const followers = new Uint16Array(MAX_CODES << rootBits)
  let nextCode = end + 1
  let codeBits = rootBits + 1

  out.put(clear, codeBits)
  let code = indices[0] ?? 0
  for (let at = 1; at < indices.length; at++) {
    const index = indices[at] ?? 0
    const place = (code << rootBits) | index
    const follower = followers[place] ?? 0
    if (follower !== 0) {
      code = follower
      continue
    }
    out.put(code, codeBits)
    if (nextCode < MAX_CODES) {
      // The reader is one code behind: it needs the longer code only for the one after.
      if (nextCode === 1 << codeBits) codeBits += 1
      followers[place] = nextCode++
    } else {
      out.put(clear, codeBits)
      followers.fill(0)
      nextCode = end + 1
      codeBits = rootBits + 1
    }
    code = index
  }
  out.put(code, codeBits)
  if (nextCode === 1 << codeBits && codeBits < 12) codeBits += 1
  out.put(end, codeBits)
  return out.finish()
}

/** Codes into bytes, in a buffer that grows. */
class CodeWriter {
  #bytes: Uint8Array
  #length = 0
  #pending = 0
  #count = 0

  constructor(expected: number) {
    this.#bytes = new Uint8Array(expected / 2 + 64)
  }

  put(code: number, bits: number): void {
    this.#pending |= code << this.#count
    this.#count += bits
    while (this.#count >= 8) this.#flushByte()
  }
  finish(): Uint8Array {
    if (this.#count > 0) this.#flushByte()
    return this.#bytes.subarray(0, this.#length)
  }
  #flushByte(): void {
    if (this.#length === this.#bytes.length) {
      const larger = new Uint8Array(2 * this.#length)
      larger.set(this.#bytes)
      this.#bytes = larger
    }
    this.#bytes[this.#length++] = this.#pending
    this.#pending >>>= 8
    this.#count -= 8
  }
}
