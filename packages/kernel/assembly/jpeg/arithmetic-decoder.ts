// The binary arithmetic decoder (T.81 D.2), and the estimates of probability that it learns (D.1.5).
//
// An interval of `width` is split in two for each decision; `code` says in which part the stream lies. Both have the 16
// bits of the standard's registers A and Cx; `spare` bits of the stream stand behind those in `code`, so that a renewal
// shifts once by as much as it must.
import { alloc } from '../memory'
import { EntropyReader, more } from './entropy-segment'

// T.81 table D.3: Qe << 16 | next state after the less probable symbol << 8 | after the more probable one. With 0x80 in
// the first of these, the two symbols exchange their meaning. The last row is for bits of equal chances: it never moves.
const STATES: usize = memory.data<u32>([
  0x5a1d8101, 0x25860e02, 0x11141003, 0x080b1204, 0x03d81405, 0x01da1706, 0x00e51907, 0x006f1c08,
  0x00361e09, 0x001a210a, 0x000d230b, 0x0006090c, 0x00030a0d, 0x00010c0d, 0x5a7f8f0f, 0x3f252410,
  0x2cf22611, 0x207c2712, 0x17b92813, 0x11822a14, 0x0cef2b15, 0x09a12d16, 0x072f2e17, 0x055c3018,
  0x04063119, 0x0303331a, 0x0240341b, 0x01b1361c, 0x0144381d, 0x00f5391e, 0x00b73b1f, 0x008a3c20,
  0x00683e21, 0x004e3f22, 0x003b2023, 0x002c2109, 0x5ae1a525, 0x484c4026, 0x3a0d4127, 0x2ef14328,
  0x261f4429, 0x1f33452a, 0x19a8462b, 0x1518482c, 0x1177492d, 0x0e744a2e, 0x0bfb4b2f, 0x09f84d30,
  0x08614e31, 0x07064f32, 0x05cd3033, 0x04de3234, 0x040f3235, 0x03633336, 0x02d43437, 0x025c3538,
  0x01f83639, 0x01a4373a, 0x0160383b, 0x0125393c, 0x00f63a3d, 0x00cb3b3e, 0x00ab3d3f, 0x008f3d20,
  0x5b12c141, 0x4d045042, 0x412c5143, 0x37d85244, 0x2fe85345, 0x293c5446, 0x23795647, 0x1edf5748,
  0x1aa95749, 0x174e484a, 0x1424484b, 0x119c4a4c, 0x0f6b4a4d, 0x0d514b4e, 0x0bb64d4f, 0x0a404d30,
  0x5832d051, 0x4d1c5852, 0x438e5953, 0x3bdd5a54, 0x34ee5b55, 0x2eae5c56, 0x299a5d57, 0x25165647,
  0x5570d859, 0x4ca95f5a, 0x44d9605b, 0x3e22615c, 0x3824635d, 0x32b4635e, 0x2e175d56, 0x56a8df60,
  0x4f466561, 0x47e56662, 0x41cf6763, 0x3c3d6864, 0x375e635d, 0x52316966, 0x4c0f6a67, 0x46396b68,
  0x415e6763, 0x5627e96a, 0x50e76c6b, 0x4b856d67, 0x55976e6d, 0x504f6f6b, 0x5a10ee6f, 0x5522706d,
  0x59ebf06f, 0x5a1d7171,
])
const LESS_PROBABLE: u32 = 8
/** A bin holds the number of its state, and which symbol is the more probable one in this bit. */
const SENSE: u32 = 0x80

/** The bin of decisions that are nobody's guess: signs, and bits of refinement. */
export const EVEN: usize = memory.data<u8>([113])

/** What a decision costs, beside the work on coefficients that Huffman's coding has as well. */
const UNITS: i32 = 4

const INITIAL_WIDTH: u32 = 0x10000
const LEAST_WIDTH: u32 = 0x8000

/** Bins of the four tables of each class, F.1.4.4. */
const DC_BINS: usize = 64
const AC_BINS: usize = 256
const ALL_BINS: usize = 4 * (DC_BINS + AC_BINS)

// @ts-ignore: decorator
@unmanaged export class ArithmeticDecoder {
  reader: EntropyReader
  width: u32
  code: u32
  spare: i32
  /** Of work since it was paid for. */
  units: i32
  bins: usize

  @inline dcBins(table: i32): usize { return this.bins + <usize>table * DC_BINS }
  @inline acBins(table: i32): usize { return this.bins + 4 * DC_BINS + <usize>table * AC_BINS }
}

/** Null when memory ran out. */
export function openArithmeticDecoder(reader: EntropyReader): ArithmeticDecoder {
  const decoder = changetype<ArithmeticDecoder>(alloc(offsetof<ArithmeticDecoder>() + ALL_BINS))
  if (!changetype<usize>(decoder)) return decoder
  decoder.reader = reader
  decoder.bins = changetype<usize>(decoder) + offsetof<ArithmeticDecoder>()
  decoder.units = 0
  beginSegment(decoder)
  return decoder
}

/** At the first byte of a segment nothing is known (D.2.7). */
export function beginSegment(decoder: ArithmeticDecoder): void {
  memory.fill(decoder.bins, 0, ALL_BINS)
  decoder.units += <i32>ALL_BINS >> 4
  decoder.width = INITIAL_WIDTH
  decoder.code = nextByte(decoder) << 8
  decoder.code |= nextByte(decoder)
  decoder.spare = 0
}

/**
 * Behind the end of a segment there are zeros (D.2.6): an encoder leaves out those at its end (D.1.8), and of a picture that
 * ends as expected there may be any number. So nobody can see that a segment lacks bytes while a marker stands behind it.
 */
function nextByte(decoder: ArithmeticDecoder): u32 {
  const reader = decoder.reader
  if (reader.at + 8 <= reader.low) {
    if (!reader.complete) more(reader)
    if (reader.at + 8 <= reader.low) return 0
  }
  reader.at--
  return load<u8>(reader.at + 8)
}

/** The next decision, 0 or 1, by the bin at this address (D.2.1 to D.2.5). */
export function decide(decoder: ArithmeticDecoder, bin: usize): i32 {
  const known = <u32>load<u8>(bin), state = load<u32>(STATES + (<usize>(known & 0x7f) << 2)), qe = state >> 16
  const sense = known & SENSE
  let width = decoder.width - qe, spare = decoder.spare, code = decoder.code
  const split = width << spare
  decoder.units += UNITS
  let isProbable = code < split
  if (isProbable) {
    if (width >= LEAST_WIDTH) {
      decoder.width = width
      return <i32>(sense >> 7)
    }
    // The smaller part belongs to the less probable symbol, whichever that is (figures D.14 to D.17).
    isProbable = width >= qe
  } else {
    code -= split
    isProbable = width < qe
    width = qe
  }
  store<u8>(bin, sense ^ (isProbable ? state & 0xff : (state >> LESS_PROBABLE) & 0xff))
  const shift = <i32>clz(width) - 16
  width <<= shift
  spare -= shift
  while (spare < 0) {
    code = code << 8 | nextByte(decoder)
    spare += 8
  }
  decoder.width = width
  decoder.code = code
  decoder.spare = spare
  return <i32>((sense >> 7) ^ u32(!isProbable))
}
