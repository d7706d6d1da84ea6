// Markers are found by their 0xFF (T.81 B.1.1.2): not followed by 0, which is a stuffed byte of entropy-coded data,
// and not by another 0xFF, which makes the first a fill byte.
import { charge } from '../fuel'
import { end } from './input'

/** The address of the next marker, or the end of the file. */
export function findMarker(from: usize): usize {
  const ones = i8x16.splat(-1), last = end
  let s = from
  while (s + 1 < last) {
    if (s + 16 <= last) {
      const found = i8x16.bitmask(i8x16.eq(v128.load(s), ones))
      if (!found) { s += 16; continue }
      s += <usize>ctz(found)
      if (s + 1 >= last) break
    }
    if (load<u8>(s) == 0xff && load<u8>(s, 1) != 0 && load<u8>(s, 1) != 0xff) break
    s++
  }
  charge(<i64>(s - from >> 4) + 1)
  return s + 1 < last ? s : last
}
