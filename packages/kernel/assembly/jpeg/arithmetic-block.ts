// What the decisions of an arithmetic-coded scan mean: the statistical models of DC and AC coefficients (T.81 F.1.4,
// G.1.3), and how a file may condition them (DAC, B.2.4.3).
import { Code } from '../codes'
import { charge } from '../fuel'
import { ArithmeticDecoder, EVEN, decide } from './arithmetic-decoder'
import { offsetsOf } from './coefficients'
import { progressive } from './frame'
import { byteAt } from './input'
import { Member, Scan } from './scan'

// Bins of a DC table, table F.4: five contexts of four, then magnitudes and their lower bits.
const DC_MAGNITUDES: usize = 20
// Of an AC table, table F.5: three for each k, then those of low and of high frequencies.
const AC_LOW: usize = 189
const AC_HIGH: usize = 217
const LOWER_BITS: usize = 14

/** Tables F.1 and F.2: no difference of an 8-bit picture has more bits than 11, no AC coefficient more than 10. */
const MOST_DC: i32 = 1 << 11
const MOST_AC: i32 = 1 << 10

/** L and U of the four DC tables, Kx of the four AC tables (B.2.4.3); the values that hold without DAC. */
const CONDITIONING: usize = memory.data<u8>([0x10, 0x10, 0x10, 0x10, 5, 5, 5, 5])
export const CONDITIONING_BYTES: usize = 8

export function readConditioning(at: usize, n: i32): Code {
  if (n & 1) return Code.Corrupt
  for (const end = at + <usize>n; at < end; at += 2) {
    const tableClass = byteAt(at) >> 4, id = byteAt(at) & 15, value = byteAt(at + 1)
    if (tableClass > 1 || id > 3) return Code.Corrupt
    if (tableClass ? value < 1 || value > 63 : (value & 15) > value >> 4) return Code.Corrupt
    store<u8>(CONDITIONING + <usize>(4 * tableClass + id), <u8>value)
  }
  return Code.Ok
}

/** A scan keeps the conditioning that was in force at its beginning. */
export function copyConditioning(to: usize): void {
  memory.copy(to, CONDITIONING, CONDITIONING_BYTES)
}

/** A value that no 8-bit picture has was met, or a coefficient behind the last. */
export let invalidValue: bool = false

/** One block: what this scan says of it. */
export function decodeArithmeticBlock(scan: Scan, m: Member, index: i32): void {
  const c = m.component, decoder = scan.decoder
  payDecisions(decoder)
  const block = c.coefficients + <usize>index * <usize>c.blockBytes
  if (scan.spectralStart == 0) {
    if (scan.highBit) {
      if (decide(decoder, EVEN)) store<i16>(block, <i16>(<i32>load<i16>(block) | 1 << scan.lowBit))
    } else {
      m.prediction += decodeDifference(scan, m)
      store<i16>(block, <i16>(m.prediction << scan.lowBit))
    }
    if (progressive) return
  }
  const mask = c.nonzero + (<usize>index << 3), offsets = offsetsOf(c)
  const known = load<u64>(mask)
  const found = scan.highBit ? refine(scan, m, block, offsets, known) : decodeBand(scan, m, block, offsets)
  store<u64>(mask, known | found)
}

/** What a block costs is seen when it was decoded: it may take two thousand decisions. */
export function payDecisions(decoder: ArithmeticDecoder): void {
  charge(decoder.units)
  decoder.units = 0
}

/** F.2.4.1. The context is what the last difference was: none, small or large, and of which sign. */
function decodeDifference(scan: Scan, m: Member): i32 {
  const decoder = scan.decoder, bins = decoder.dcBins(m.dcId)
  const context = bins + <usize>m.context
  if (!decide(decoder, context)) {
    m.context = 0
    return 0
  }
  const negative = decide(decoder, context + 1)
  let bin = context + 2 + <usize>negative, power = decide(decoder, bin)
  if (power) {
    bin = bins + DC_MAGNITUDES
    power = growPower(decoder, bin, 1, MOST_DC)
    bin = lastBin
  }
  const bounds = load<u8>(scan.conditioning + <usize>m.dcId), low = bounds & 15, high = bounds >> 4
  m.context = (power < (1 << low) >> 1 ? 0 : power > (1 << high) >> 1 ? 12 : 4)
  if (m.context) m.context += negative << 2
  const value = decodeLowerBits(decoder, bin, power)
  return negative ? -value : value
}

/** Where growPower() ended. */
let lastBin: usize = 0

/** The highest bit of a magnitude less one, counted up from `power` (figures F.23, F.24). */
function growPower(decoder: ArithmeticDecoder, bin: usize, power: i32, most: i32): i32 {
  while (decide(decoder, bin)) {
    power <<= 1
    if (power >= most) {
      invalidValue = true
      break
    }
    bin++
  }
  lastBin = bin
  return power
}

/** The magnitude, given the highest bit of what it is above 1. */
function decodeLowerBits(decoder: ArithmeticDecoder, bin: usize, power: i32): i32 {
  let value = power
  for (let bit = power >> 1; bit; bit >>= 1) if (decide(decoder, bin + LOWER_BITS)) value |= bit
  return value + 1
}

/** Coefficients of a sequential scan (F.2.4.2) or of a first one (G.2.3): bits of those that are not zero. */
function decodeBand(scan: Scan, m: Member, block: usize, offsets: usize): u64 {
  const decoder = scan.decoder, bins = decoder.acBins(m.acId), last = scan.spectralEnd
  const split = <i32>load<u8>(scan.conditioning + 4 + <usize>m.acId)
  let found: u64 = 0
  for (let k = max(scan.spectralStart, 1); k <= last; k++) {
    let bin = bins + <usize>(3 * (k - 1))
    if (decide(decoder, bin)) break // end of block
    while (!decide(decoder, bin + 1)) {
      bin += 3
      if (++k > last) {
        invalidValue = true
        return found
      }
    }
    const negative = decide(decoder, EVEN)
    bin += 2
    let power = decide(decoder, bin)
    if (power && decide(decoder, bin)) {
      bin = bins + (k <= split ? AC_LOW : AC_HIGH)
      power = growPower(decoder, bin, 2, MOST_AC)
      bin = lastBin
    }
    const magnitude = decodeLowerBits(decoder, bin, power), value = negative ? -magnitude : magnitude
    const offset = <i32>load<i16>(offsets + (<usize>k << 1))
    if (offset >= 0) store<i16>(block + <usize>offset, <i16>(value << scan.lowBit))
    found |= <u64>1 << <u64>k
  }
  return found
}

/** One more bit of coefficients that are known, and new ones (G.1.3.3): bits of these. */
function refine(scan: Scan, m: Member, block: usize, offsets: usize, known: u64): u64 {
  const decoder = scan.decoder, bins = decoder.acBins(m.acId), last = scan.spectralEnd, one = 1 << scan.lowBit
  const before = known & (~(<u64>0) >> <u64>(63 - last))
  const knownEnd = before ? 63 - <i32>clz(before) : 0
  let found: u64 = 0
  for (let k = scan.spectralStart; k <= last; k++) {
    let bin = bins + <usize>(3 * (k - 1))
    if (k > knownEnd && decide(decoder, bin)) break // end of block
    while (true) {
      const offset = <i32>load<i16>(offsets + (<usize>k << 1)), to = block + <usize>max(offset, 0)
      if (known >>> <u64>k & 1) {
        if (decide(decoder, bin + 2) && offset >= 0) {
          const value = <i32>load<i16>(to)
          store<i16>(to, <i16>(value < 0 ? value - one : value + one))
        }
        break
      }
      if (decide(decoder, bin + 1)) {
        const negative = decide(decoder, EVEN)
        if (offset >= 0) store<i16>(to, <i16>(negative ? -one : one))
        found |= <u64>1 << <u64>k
        break
      }
      bin += 3
      if (++k > last) {
        invalidValue = true
        return found
      }
    }
  }
  return found
}
