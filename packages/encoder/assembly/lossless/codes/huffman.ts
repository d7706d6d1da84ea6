// Huffman codes of limited length, as canonical words (RFC 9649, section 3.7.2).

/** 256 literals, 24 lengths of copies, and places of the largest colour cache that is used (10 bits). */
export const MOST_SYMBOLS: i32 = 280 + 1024
export const MAX_LENGTH: i32 = 15

// Of a code, for each symbol u32: its word (low bit first), the bits of it, and the length that is written in
// the header. They differ for a single symbol, which takes no bits.
export const BITS: i32 = 16
export const WRITTEN: i32 = 24

/** Used symbols, lightest first: weight << 16 | symbol. */
const SORTED: usize = memory.data(8 * 1304, 16)
/** Joints of the tree: weight u32, and the depth it comes to. */
const JOINTS: usize = memory.data(4 * 1304, 16)
const JOINT_DEPTHS: usize = memory.data(2 * 1304, 16)
/** Which joint holds a leaf (by its place in SORTED), and a joint. */
const LEAF_PARENTS: usize = memory.data(2 * 1304, 16)
const JOINT_PARENTS: usize = memory.data(2 * 1304, 16)
const LENGTHS: usize = memory.data(1304, 16)
const NEXT_WORDS: usize = memory.data(4 * 17, 16)

/** Symbols that the last code has, and the first and last of them. */
export let used: i32 = 0
let first: i32 = 0, last: i32 = 0

/** Fills a code for the counts, with no length above `limit`. */
export function buildCode(counts: usize, symbols: i32, limit: i32, code: usize): void {
  used = 0
  for (let i = 0; i < symbols; i++) {
    if (!load<u32>(counts + (<usize>i << 2))) continue
    if (!used) first = i
    last = i
    used++
  }
  memory.fill(LENGTHS, 0, symbols)
  if (used == 1) store<u8>(LENGTHS + first, 1)
  // Where the tree is too deep, small counts are raised and it is built again: it flattens.
  else if (used > 1) for (let floor: u32 = 1; !buildLengths(counts, symbols, limit, floor); floor <<= 1) {}
  assignWords(symbols, code)
}

/**
 * Huffman's tree by two queues: leaves in order of weight, and joints, which come in that order by
 * themselves.
 */
function buildLengths(counts: usize, symbols: i32, limit: i32, floor: u32): bool {
  let n = 0
  for (let i = first; i <= last; i++) {
    const count = load<u32>(counts + (<usize>i << 2))
    if (count) store<u64>(SORTED + (<usize>(n++) << 3), <u64>max(count, floor) << 16 | i)
  }
  sort(SORTED, n)
  let leaf = 0, joint = 0
  for (let made = 0; made < n - 1; made++) {
    let weight: u32 = 0
    for (let k = 0; k < 2; k++) {
      const lightest = joint < made ? load<u32>(JOINTS + (<usize>joint << 2)) : u32.MAX_VALUE
      if (leaf < n && leafWeight(leaf) <= lightest) {
        weight += leafWeight(leaf)
        store<u16>(LEAF_PARENTS + (<usize>(leaf++) << 1), <u16>made)
      } else {
        weight += lightest
        store<u16>(JOINT_PARENTS + (<usize>(joint++) << 1), <u16>made)
      }
    }
    store<u32>(JOINTS + (<usize>made << 2), weight)
  }
  store<u16>(JOINT_DEPTHS + (<usize>(n - 2) << 1), 0)
  for (let i = n - 3; i >= 0; i--) {
    const parent = <usize>load<u16>(JOINT_PARENTS + (<usize>i << 1))
    store<u16>(JOINT_DEPTHS + (<usize>i << 1), load<u16>(JOINT_DEPTHS + (parent << 1)) + 1)
  }
  for (let i = 0; i < n; i++) {
    const parent = <usize>load<u16>(LEAF_PARENTS + (<usize>i << 1))
    const length = <i32>load<u16>(JOINT_DEPTHS + (parent << 1)) + 1
    if (length > limit) return false
    store<u8>(LENGTHS + <usize>load<u16>(SORTED + (<usize>i << 3)), <u8>length)
  }
  return true
}

@inline function leafWeight(i: i32): u32 {
  return <u32>(load<u64>(SORTED + (<usize>i << 3)) >> 16)
}

/** Heap sort of u64. */
function sort(keys: usize, n: i32): void {
  for (let i = (n >> 1) - 1; i >= 0; i--) sift(keys, i, n)
  for (let end = n - 1; end > 0; end--) {
    const top = load<u64>(keys)
    store<u64>(keys, load<u64>(keys + (<usize>end << 3)))
    store<u64>(keys + (<usize>end << 3), top)
    sift(keys, 0, end)
  }
}

function sift(keys: usize, i: i32, n: i32): void {
  const moved = load<u64>(keys + (<usize>i << 3))
  while (true) {
    let child = 2 * i + 1
    if (child >= n) break
    let key = load<u64>(keys + (<usize>child << 3))
    const other = child + 1 < n ? load<u64>(keys + (<usize>child << 3), 8) : 0
    if (other > key) { key = other; child++ }
    if (key <= moved) break
    store<u64>(keys + (<usize>i << 3), key)
    i = child
  }
  store<u64>(keys + (<usize>i << 3), moved)
}

/** Canonical words, reversed for writing low bit first. */
function assignWords(symbols: i32, code: usize): void {
  memory.fill(NEXT_WORDS, 0, 4 * 17)
  for (let i = 0; i < symbols; i++) {
    const p = NEXT_WORDS + (<usize>load<u8>(LENGTHS + i) << 2)
    store<u32>(p, load<u32>(p) + 1)
  }
  let word: u32 = 0, before: u32 = 0
  for (let length = 1; length <= MAX_LENGTH; length++) {
    const p = NEXT_WORDS + (<usize>length << 2), n = load<u32>(p)
    word = (word + before) << 1
    before = n
    store<u32>(p, word)
  }
  for (let i = 0; i < symbols; i++) {
    const length = <u32>load<u8>(LENGTHS + i), p = NEXT_WORDS + (<usize>length << 2)
    let entry: u32 = 0
    if (length) {
      const next = load<u32>(p)
      store<u32>(p, next + 1)
      entry = reverse(next, length) | (used == 1 ? 0 : length) << BITS | length << WRITTEN
    }
    store<u32>(code + (<usize>i << 2), entry)
  }
}

@inline function reverse(word: u32, length: i32): u32 {
  let v = word
  v = (v & 0x5555) << 1 | (v >> 1) & 0x5555
  v = (v & 0x3333) << 2 | (v >> 2) & 0x3333
  v = (v & 0x0f0f) << 4 | (v >> 4) & 0x0f0f
  v = (v & 0x00ff) << 8 | (v >> 8) & 0x00ff
  return v >> (16 - length)
}
