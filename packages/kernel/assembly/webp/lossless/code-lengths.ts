// How the lengths of a prefix code are written (RFC 9649, 3.7.2.1).
import { bits, overran, readBits, refill, takeBits } from '../../bit-reader'
import { Code } from '../../codes'
import { charge } from '../../fuel'
import { Built, LENGTHS, MOST_SYMBOLS, buildCode, mask, table } from './prefix-code'

/** In this order the code of the lengths has its own lengths. */
const LENGTH_ORDER: usize = memory.data<u8>([
  17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
])
const LENGTH_SYMBOLS = 19
const REPEAT = 16, ZEROS = 17
/** What a repetition repeats before there was any length. */
const FIRST_LENGTH = 8

/** Reads a code of `symbols` and builds its table: prefix-code.ts has it then. */
export function readCode(symbols: i32): Code {
  charge(<i64>symbols * 2 + 512)
  memory.fill(LENGTHS, 0, MOST_SYMBOLS)
  const error = readBits(1) ? readSimple() : readNormal(symbols)
  return error ? error : build(symbols)
}

function build(symbols: i32): Code {
  const built = buildCode(symbols)
  if (built == Built.NoMemory) return Code.OutOfMemory
  if (overran()) return Code.Truncated
  return built == Built.Ok ? Code.Ok : Code.Corrupt
}

/** One symbol or two of one bit each. A symbol that the alphabet has not is none. */
function readSimple(): Code {
  refill()
  const two = takeBits(1), wide = takeBits(1)
  store<u8>(LENGTHS + <usize>takeBits(wide ? 8 : 1), 1)
  if (two) store<u8>(LENGTHS + <usize>takeBits(8), 1)
  return Code.Ok
}

function readNormal(symbols: i32): Code {
  const written = readBits(4) + 4
  for (let i = 0; i < written; i++) {
    store<u8>(LENGTHS + <usize>load<u8>(LENGTH_ORDER + i), <u8>readBits(3))
  }
  const error = build(LENGTH_SYMBOLS)
  if (error) return error
  memory.fill(LENGTHS, 0, LENGTH_SYMBOLS)
  let tokens = symbols
  if (readBits(1)) {
    const width = 2 + 2 * readBits(3)
    tokens = 2 + readBits(width)
    if (tokens > symbols) return Code.Corrupt
  }
  let last = FIRST_LENGTH
  for (let i = 0; i < symbols && tokens > 0; tokens--) {
    refill()
    if (overran()) return Code.Truncated
    const entry = <i32>load<u16>(table + (<usize>(<i32>bits & mask) << 1)), symbol = entry >> 4
    takeBits(entry & 15)
    if (symbol < REPEAT) {
      store<u8>(LENGTHS + i, <u8>symbol)
      i++
      if (symbol) last = symbol
      continue
    }
    const n = symbol == REPEAT ? 3 + takeBits(2) : symbol == ZEROS ? 3 + takeBits(3) : 11 + takeBits(7)
    if (n > symbols - i) return Code.Corrupt
    memory.fill(LENGTHS + i, symbol == REPEAT ? <u8>last : 0, n)
    i += n
  }
  return Code.Ok
}
