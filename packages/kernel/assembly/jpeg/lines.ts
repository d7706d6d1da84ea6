// A frame header may leave the number of lines open; then DNL after the first scan gives it (T.81 B.2.5).
import { Code } from '../codes'
import { charge } from '../fuel'
import { height, setHeight } from './frame'
import { byteAt, end, position, wordAt } from './input'

const DNL = 0xdc, RST0 = 0xd0, RST7 = 0xd7

/** At the first scan: looks ahead over its entropy-coded data when the height is still 0. */
export function settleHeight(): Code {
  if (height) return Code.Ok
  charge(<i64>(end - position))
  for (let at = position; at + 2 <= end; at++) {
    if (byteAt(at) != 0xff) continue
    const marker = byteAt(at + 1)
    if (marker == 0 || marker == 0xff || (marker >= RST0 && marker <= RST7)) continue
    if (marker != DNL) return Code.Corrupt
    if (at + 6 > end) return Code.Truncated
    if (wordAt(at + 2) != 4) return Code.Corrupt
    setHeight(wordAt(at + 4))
    return height ? Code.Ok : Code.Corrupt
  }
  return Code.Truncated
}
