// Inflate (RFC 1951) into a sliding window: the caller takes what it needs from the window, and the 32 KiB before
// the write position stay for the matches to come.
import { Code } from '../codes'
import { alloc } from '../memory'
import { charge } from '../fuel'
import { bits, bitCount, input, inputEnd, inputPosition, openBits, refill, resumeBits, takeBits } from '../bit-reader'
import { dynamicTables, fixedTables, forgetFixedTables } from './block-codes'
import { blockEnded, inflateCodes, outputEnd } from './coded-block'
import { LITERAL_TABLE, LITERAL_TABLE_BYTES, DISTANCE_TABLE, DISTANCE_TABLE_BYTES } from './huffman'

const HISTORY: usize = 32768 // 3.2.5: the largest distance
const BATCH: usize = 65536 // bytes inflated at a time, so that each is still in the cache when it is used
const LONGEST_MATCH: usize = 258
const WIDE_COPY: usize = 64 // a copy may write so many bytes past its end, and a refill read as many past the input

const BETWEEN_BLOCKS = 0, IN_CODES = 1, IN_STORED = 2, ENDED = 3

let state: i32 = ENDED, lastBlock: bool = false, storedLeft: usize = 0

let own: usize = 0 // the window of the stream that was started; a place has another
let base: usize = 0, capacity: usize = 0 // the window in use
let skims: bool = false
let taken: usize = 0, written: usize = 0 // into the window: what the caller has had, what has been inflated

/** Makes a window from which `most` bytes can be taken at once. False when there is no memory. */
export function allocInflate(most: usize): bool {
  capacity = HISTORY + BATCH + 2 * most + LONGEST_MATCH + WIDE_COPY
  own = alloc(capacity + WIDE_COPY)
  return own != 0
}

/** What comes out is only looked through: half of the price. */
export function skim(yes: bool): void { skims = yes }

/** Begins a deflate stream in [from, to); 64 readable bytes must follow it. */
export function startInflate(from: usize, to: usize): void {
  openBits(from, to)
  state = BETWEEN_BLOCKS
  lastBlock = false
  base = own
  taken = base
  written = base
}

/** Bytes inflated and not yet taken. */
export function inflated(): usize { return written - taken }
/** Where the bytes not yet taken end. */
export function inflatedEnd(): usize { return written }
/** Takes `n` bytes that are there. They stay in place until `inflateMore`. */
export function takeInflated(n: usize): usize {
  const p = taken
  taken += n
  return p
}
export function inflateEnded(): bool { return state == ENDED }

/** From here on the window is still needed. */
// @ts-ignore: decorator
@inline function needed(): usize {
  const history = <usize>(written - base) > HISTORY ? written - HISTORY : base
  return taken < history ? taken : history
}

/** Makes room and inflates until the window is full or the stream ends. Ok or an error. */
export function inflateMore(): Code {
  const keep = needed()
  if (keep > base) {
    memory.copy(base, keep, written - keep)
    const moved = keep - base
    written -= moved
    taken -= moved
  }
  const limit = base + capacity - LONGEST_MATCH - WIDE_COPY
  const before = written
  while (written < limit && state != ENDED) {
    const error = state == IN_CODES ? copyCoded(limit) : state == IN_STORED ? copyStored(limit) : blockHeader()
    // What follows the input is read as if it belonged to it, so this comes before whatever else seems wrong.
    if (inputPosition() > inputEnd) return Code.Truncated
    if (error) return error
  }
  charge(<i64>(written - before) >> (skims ? 1 : 0))
  return Code.Ok
}

/** A place in the stream from which it can be read on, with a window and tables of its own. */
// @ts-ignore: decorator
@unmanaged export class Place {
  bits: u64
  input: usize
  bitCount: i32
  state: i32
  lastBlock: bool
  storedLeft: usize
  base: usize
  taken: usize
  written: usize
  tables: usize
}

/** Room for a place in streams of the window that `allocInflate` made, or a null. */
export function allocPlace(): Place {
  const at = alloc(offsetof<Place>()), window = alloc(capacity + WIDE_COPY)
  const tables = alloc(LITERAL_TABLE_BYTES + DISTANCE_TABLE_BYTES)
  if (!at || !window || !tables) return changetype<Place>(0)
  const place = changetype<Place>(at)
  place.base = window
  place.tables = tables
  return place
}

/** What comes next in the stream in hand is at this place. */
export function notePlace(place: Place): void {
  const keep = needed()
  memory.copy(place.base, keep, written - keep)
  place.taken = place.base + (taken - keep)
  place.written = place.base + (written - keep)
  leave(place)
}

/** Takes `n` bytes at this place, or 0. They stay there until more are taken. */
export function takeAt(place: Place, n: usize): usize {
  if (place.written - place.taken < n) {
    enter(place)
    const error = inflateMore()
    place.taken = taken
    place.written = written
    leave(place)
    if (error || place.written - place.taken < n) return 0
  }
  const p = place.taken
  place.taken += n
  return p
}

function leave(place: Place): void {
  place.bits = bits
  place.bitCount = bitCount
  place.input = input
  place.state = state
  place.lastBlock = lastBlock
  place.storedLeft = storedLeft
  // Within a block alone they are still needed.
  if (state != IN_CODES) return
  memory.copy(place.tables, LITERAL_TABLE, LITERAL_TABLE_BYTES)
  memory.copy(place.tables + LITERAL_TABLE_BYTES, DISTANCE_TABLE, DISTANCE_TABLE_BYTES)
}

function enter(place: Place): void {
  resumeBits(place.bits, place.bitCount, place.input)
  state = place.state
  lastBlock = place.lastBlock
  storedLeft = place.storedLeft
  base = place.base
  taken = place.taken
  written = place.written
  if (state != IN_CODES) return
  memory.copy(LITERAL_TABLE, place.tables, LITERAL_TABLE_BYTES)
  memory.copy(DISTANCE_TABLE, place.tables + LITERAL_TABLE_BYTES, DISTANCE_TABLE_BYTES)
  forgetFixedTables()
}

/** 3.2.3 */
function blockHeader(): Code {
  if (lastBlock) {
    state = ENDED
    return Code.Ok
  }
  if (inputPosition() > inputEnd) return Code.Truncated
  refill()
  lastBlock = takeBits(1) == 1
  const type = takeBits(2)
  if (type == 0) return storedHeader()
  if (type == 3) return Code.Corrupt
  state = IN_CODES
  if (type == 2) return dynamicTables()
  fixedTables()
  charge(1)
  return Code.Ok
}

/** 3.2.4 */
function storedHeader(): Code {
  openBits(inputPosition(), inputEnd)
  if (input + 4 > inputEnd) return Code.Truncated
  const length = load<u16>(input)
  if ((length ^ load<u16>(input, 2)) != 0xffff) return Code.Corrupt
  openBits(input + 4, inputEnd)
  storedLeft = length
  state = IN_STORED
  charge(1)
  return Code.Ok
}

function copyStored(limit: usize): Code {
  const room = limit - written
  const n = storedLeft < room ? storedLeft : room
  if (n > inputEnd - input) return Code.Truncated
  memory.copy(written, input, n)
  written += n
  openBits(input + n, inputEnd)
  storedLeft -= n
  if (storedLeft == 0) state = BETWEEN_BLOCKS
  return Code.Ok
}

/** 3.2.5 */
function copyCoded(limit: usize): Code {
  const error = inflateCodes(base, written, limit)
  written = outputEnd
  if (blockEnded) state = BETWEEN_BLOCKS
  return error
}
