// zlib streams (RFC 1950): a two-byte header, deflate data, and the Adler-32 of what comes out of it.
import { Code } from '../codes'
import { adler32 } from '../checksum'
import { inputPosition } from '../bit-reader'
import { startInflate, inflated, inflatedEnd, takeInflated, inflateMore, inflateEnded } from './inflate'

let sum: u32 = 1
let streamEnd: usize = 0
let checked: bool = false

/** Begins the stream in [from, to). Ok or an error. Inflate must have been given its memory. */
export function startZlib(from: usize, to: usize): Code {
  sum = 1
  checked = false
  streamEnd = to
  if (from + 2 > to) return Code.Truncated
  const cmf = <u32>load<u8>(from), flg = <u32>load<u8>(from, 1)
  const deflate = (cmf & 15) == 8 && cmf >> 4 <= 7, dictionary = (flg & 32) != 0
  if (!deflate || dictionary || ((cmf << 8) | flg) % 31 != 0) return Code.Corrupt
  startInflate(from + 2, to)
  return Code.Ok
}

/** Sees to it that `n` bytes can be taken with `takeInflated`. Ok or an error. */
export function needInflated(n: usize): Code {
  if (inflated() >= n) return Code.Ok
  const error = moreInflated()
  if (error) return error
  return inflated() < n ? Code.Truncated : Code.Ok
}

/**
 * To be called when everything wanted was taken. Surplus data is no fault, and when it is more than a window's worth
 * it is not inflated to its end, so its checksum cannot be known.
 */
export function finishZlib(): Code {
  if (checked) return Code.Ok
  takeInflated(inflated())
  return moreInflated()
}

/** Inflates until the window is full or the stream ends, which is when its checksum is looked at. */
export function moreInflated(): Code {
  if (checked) return Code.Ok
  const before = inflated()
  const error = inflateMore()
  if (error) return error
  const fresh = inflated() - before
  sum = adler32(sum, inflatedEnd() - fresh, fresh)
  return inflateEnded() ? checkSum() : Code.Ok
}

function checkSum(): Code {
  checked = true
  const at = inputPosition()
  if (at + 4 > streamEnd) return Code.Truncated
  return bswap<u32>(load<u32>(at)) == sum ? 0 : Code.BadChecksum
}
