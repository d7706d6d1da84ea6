// A whole zlib stream into a block of its own: what a file holds beside its pixels, compressed.
import { Code } from '../codes'
import { alloc } from '../memory'
import { allocInflate, inflateEnded, inflated, takeInflated } from './inflate'
import { moreInflated, startZlib } from './zlib'

/** A byte of deflate has at most four times the longest match (3.2.5): two bits are the least that a copy takes. */
const MOST_RATIO: u64 = 1032

let output: usize = 0

/**
 * Inflates the zlib stream in [from, from + length), which must end there or before with the right checksum. Gives how
 * many bytes there are, or an error: more than `most` are one. 64 readable bytes must follow the stream.
 */
export function inflateZlib(from: usize, length: usize, most: usize): i32 {
  const room = <usize>min(<u64>most, <u64>length * MOST_RATIO)
  output = alloc(room)
  if (!output || !allocInflate(0)) return Code.OutOfMemory
  let error = startZlib(from, from + length)
  let size: usize = 0
  while (!error) {
    error = moreInflated()
    const n = inflated()
    if (n > room - size) return Code.TooLong
    memory.copy(output + size, takeInflated(n), n)
    size += n
    if (inflateEnded()) break
  }
  return error ? error : <i32>size
}

/** Where those bytes are. */
export function inflatedPointer(): usize {
  return output
}
