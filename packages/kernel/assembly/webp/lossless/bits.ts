// Fields of the lossless format (RFC 9649, 3.2).
import { refill, takeBits } from '../../bit-reader'

/** A field of up to 32 bits; zeros, or what follows the stream, past its end. */
export function readBits(n: i32): i32 {
  refill()
  return takeBits(n)
}
