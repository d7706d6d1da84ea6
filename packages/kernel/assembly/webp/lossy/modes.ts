// How macroblocks are predicted (RFC 6386, 11, and 19.3): modes in the first partition.
import { SUBBLOCK_MODE_PROBS } from '../../../build/rfc6386'
import { allocZeroed } from '../../memory'
import { modes, skipProb, skips } from './frame-header'
import { readSegment } from './segments'

/** Of a macroblock, luma or chroma. */
export enum Mode { DC, Vertical, Horizontal, TrueMotion }
/** Of a subblock, in the order of the tables. */
export enum SubMode { DC, TM, VE, HE, LD, RD, VR, VL, HD, HU }

/** Subblock modes above, four for each macroblock, and to the left. Outside of the picture is DC. */
let above: usize = 0
const LEFT: usize = memory.data(4, 4)

/** The macroblock in hand. */
export let segment: i32 = 0
export let skipped: bool = false
export let bySubblocks: bool = false
export let lumaMode: Mode = Mode.DC
export let chromaMode: Mode = Mode.DC
/** Its 16 subblock modes. */
export const SUB_MODES: usize = memory.data(16, 16)

export function openModes(macroblocksWide: i32): bool {
  above = allocZeroed(<u64>macroblocksWide << 2)
  return above != 0
}

export function beginModeRow(): void { store<u32>(LEFT, 0) }

export function readModes(x: usize): void {
  const d = modes
  segment = readSegment(d)
  skipped = skips && d.bit(skipProb) != 0
  bySubblocks = !d.bit(145)
  const top = above + (x << 2)
  if (bySubblocks) readSubModes(top)
  else {
    if (d.bit(156)) lumaMode = d.bit(128) ? Mode.TrueMotion : Mode.Horizontal
    else lumaMode = d.bit(163) ? Mode.Vertical : Mode.DC
    const implied = <u32>impliedMode(lumaMode) * 0x01010101
    store<u32>(top, implied)
    store<u32>(LEFT, implied)
  }
  if (!d.bit(142)) chromaMode = Mode.DC
  else if (!d.bit(114)) chromaMode = Mode.Vertical
  else chromaMode = d.bit(183) ? Mode.TrueMotion : Mode.Horizontal
}

/** What neighbours take a macroblock for that is predicted whole. */
function impliedMode(mode: Mode): SubMode {
  if (mode == Mode.DC) return SubMode.DC
  return mode == Mode.Vertical ? SubMode.VE : mode == Mode.Horizontal ? SubMode.HE : SubMode.TM
}

function readSubModes(top: usize): void {
  for (let b: usize = 0; b < 16; b++) {
    const a = top + (b & 3), l = LEFT + (b >> 2)
    const mode = <u8>readSubMode(SUBBLOCK_MODE_PROBS + (<usize>load<u8>(a) * 10 + load<u8>(l)) * 9)
    store<u8>(SUB_MODES + b, mode)
    store<u8>(a, mode)
    store<u8>(l, mode)
  }
}

/** 11.2: the tree. */
function readSubMode(p: usize): SubMode {
  const d = modes
  if (!d.bit(load<u8>(p))) return SubMode.DC
  if (!d.bit(load<u8>(p, 1))) return SubMode.TM
  if (!d.bit(load<u8>(p, 2))) return SubMode.VE
  if (!d.bit(load<u8>(p, 3))) {
    if (!d.bit(load<u8>(p, 4))) return SubMode.HE
    return d.bit(load<u8>(p, 5)) ? SubMode.VR : SubMode.RD
  }
  if (!d.bit(load<u8>(p, 6))) return SubMode.LD
  if (!d.bit(load<u8>(p, 7))) return SubMode.VL
  return d.bit(load<u8>(p, 8)) ? SubMode.HU : SubMode.HD
}
