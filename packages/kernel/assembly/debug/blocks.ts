// The debug build's picture of memory: which byte ranges are somebody's block. build.mjs passes every load,
// store, copy and fill of the debug module through the `checked` functions below, so a stray access is a trap
// at the instruction that made it. In the release build nothing of this file is left.

/** Bytes that belong to nobody, before every block. */
export const GUARD: usize = 4096

const CAPACITY: i32 = 4096
const TABLE: usize = DEBUG ? memory.data(CAPACITY * 8, 8) : 0
const STATICS: usize = 1024 // the compiler puts nothing below
let count: i32 = 0
let recent: i32 = 0

/** 0, or the address of the access that was refused. */
export let violation: usize = 0

export function enterBlock(start: usize, end: usize): void {
  if (count == CAPACITY) unreachable()
  store<usize>(TABLE + (<usize>count << 3), start)
  store<usize>(TABLE + (<usize>count << 3), end, 4)
  count++
}

export function leaveBlocks(to: usize): void {
  while (count > 0 && load<usize>(TABLE + (<usize>(count - 1) << 3)) >= to) count--
  recent = 0
}

function holds(i: i32, from: u64, to: u64): bool {
  const entry = TABLE + (<usize>i << 3)
  return from >= load<usize>(entry) && to <= load<usize>(entry, 4)
}

function check(address: u64, bytes: u64): void {
  const to = address + bytes
  if (bytes == 0 || (address >= STATICS && to <= __heap_base)) return
  if (recent < count && holds(recent, address, to)) return
  let low = 0, high = count // blocks lie in order
  while (low < high) {
    const middle = (low + high) >> 1
    if (load<usize>(TABLE + (<usize>middle << 3)) <= address) low = middle + 1
    else high = middle
  }
  recent = low - 1
  if (low > 0 && holds(recent, address, to)) return
  violation = address ? <usize>address : 1
  unreachable()
}

/** For a load or store of `bytes` at `pointer + offset`: gives the pointer back. */
export function checked(pointer: usize, offset: usize, bytes: usize): usize {
  check(<u64>pointer + offset, bytes)
  return pointer
}

export function checkedCopy(to: usize, from: usize, bytes: usize): void {
  check(to, bytes)
  check(from, bytes)
  memory.copy(to, from, bytes)
}

export function checkedFill(to: usize, value: i32, bytes: usize): void {
  check(to, bytes)
  memory.fill(to, <u8>value, bytes)
}
