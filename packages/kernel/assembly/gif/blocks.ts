// The block structure (GIF89a, 12 to 26): what is in the file and where, without any pixels.
import { Code } from '../codes'
import { charge } from '../fuel'
import { Disposal } from '../animation/canvas'
import { noPalette, readPalette, paletteBytes } from './palette'

const EXTENSION: u8 = 0x21, IMAGE: u8 = 0x2c
const GRAPHIC_CONTROL: u8 = 0xf9, APPLICATION: u8 = 0xff
const DESCRIPTOR_BYTES: usize = 10
const COLOUR_TABLE: u32 = 0x80, INTERLACED: u32 = 0x40, TABLE_SIZE: u32 = 7

let at: usize = 0, end: usize = 0, firstBlock: usize = 0

/** The logical screen (18). A side of 0 becomes that of the first image. */
export let screenWidth: i32 = 0
export let screenHeight: i32 = 0
/** How often the animation is shown: 0 for ever, 1 when the file does not say. */
export let plays: i32 = 1

/** The image that `nextImage` found: its place on the screen, which may lie outside, and its data. */
export let x: i32 = 0
export let y: i32 = 0
export let width: i32 = 0
export let height: i32 = 0
export let interlaced: bool = false
export let minimumCodeSize: i32 = 0
/** Its data sub-blocks. */
export let dataBlocks: usize = 0
export let dataBlocksEnd: usize = 0
let ownTable: usize = 0, ownTableBytes: usize = 0, screenTable: usize = 0, screenTableBytes: usize = 0

/** From the graphic control extension before the image (23). Hundredths of a second; index, or -1. */
export let delay: i32 = 0
export let transparent: i32 = -1
export let disposal: Disposal = Disposal.Keep

/** Signature, logical screen and global colour table. */
export function openScreen(file: usize, size: usize): Code {
  at = file
  end = file + size
  if (size < 6) return Code.Truncated
  const version = load<u16>(file, 4)
  if (load<u32>(file) != 0x38464947 || (version != 0x6137 && version != 0x6139)) return Code.Corrupt
  if (size < 13) return Code.Truncated
  screenWidth = load<u16>(file, 6)
  screenHeight = load<u16>(file, 8)
  screenTable = file + 13
  screenTableBytes = tableBytes(load<u8>(file, 10))
  if (screenTableBytes > end - screenTable) return Code.Truncated
  firstBlock = screenTable + screenTableBytes
  plays = 1
  rewind()
  return Code.Ok
}

/** The screen of a file whose first image does not fit on it is made larger, as browsers do. */
export function coverImage(): void {
  screenWidth = max(screenWidth, x + width)
  screenHeight = max(screenHeight, y + height)
}

export function rewind(): void {
  at = firstBlock
}

/** Whether the image in hand is there: false at the end of the file, by `nextImage`. */
export let found: bool = false

/**
 * Goes to the next image. Anything that is no block ends the file as a trailer would, as it does in browsers;
 * an image that is not whole is an error.
 */
export function nextImage(): Code {
  forgetControl()
  found = false
  while (at < end) {
    charge(1)
    const introducer = load<u8>(at)
    if (introducer == IMAGE) {
      const code = readDescriptor()
      if (code != Code.Ok || found) return code
      continue
    }
    if (introducer != EXTENSION || end - at < 2) return Code.Ok
    const label = load<u8>(at, 1)
    at += 2
    if (label == GRAPHIC_CONTROL) readGraphicControl()
    else if (label == APPLICATION) readLoops()
    at = afterBlocks(at)
  }
  return Code.Ok
}

/** The colours of the image in hand: its own table, or the screen's, or levels of grey. */
export function usePalette(): void {
  if (ownTableBytes) readPalette(ownTable, ownTableBytes, transparent)
  else if (screenTableBytes) readPalette(screenTable, screenTableBytes, transparent)
  else noPalette(transparent)
}

/** 20. An image without pixels is passed over: `found` stays false. */
function readDescriptor(): Code {
  if (end - at < DESCRIPTOR_BYTES) return Code.Truncated
  x = load<u16>(at, 1)
  y = load<u16>(at, 3)
  width = load<u16>(at, 5)
  height = load<u16>(at, 7)
  const flags = <u32>load<u8>(at, 9)
  interlaced = (flags & INTERLACED) != 0
  ownTable = at + DESCRIPTOR_BYTES
  ownTableBytes = tableBytes(flags)
  if (ownTableBytes >= end - ownTable) return Code.Truncated
  const data = ownTable + ownTableBytes
  minimumCodeSize = load<u8>(data)
  dataBlocks = data + 1
  at = afterBlocks(dataBlocks)
  dataBlocksEnd = at
  found = width > 0 && height > 0
  if (!found) forgetControl()
  return Code.Ok
}

/** A graphic control extension is about the next image alone. */
function forgetControl(): void {
  delay = 0
  transparent = -1
  disposal = Disposal.Keep
}

function tableBytes(flags: u32): usize {
  return flags & COLOUR_TABLE ? paletteBytes(flags & TABLE_SIZE) : 0
}

/** Past a chain of sub-blocks (15), or the end of the file. */
function afterBlocks(p: usize): usize {
  while (p < end) {
    charge(1)
    const n = <usize>load<u8>(p)
    p += n + 1
    if (n == 0) return p
  }
  return end
}

function readGraphicControl(): void {
  if (end - at < 5 || load<u8>(at) < 4) return
  const flags = <u32>load<u8>(at, 1), method = (flags >> 2) & 7
  delay = load<u16>(at, 2)
  transparent = flags & 1 ? <i32>load<u8>(at, 4) : -1
  // Method 4 is what some encoders wrote for 3; browsers take it so.
  disposal = method == 2 ? Disposal.Clear : method == 3 || method == 4 ? Disposal.Restore : Disposal.Keep
}

/** NETSCAPE2.0 and ANIMEXTS1.0: a sub-block of 1 and the number of repetitions, 0 for ever. */
function readLoops(): void {
  if (end - at < 16 || load<u8>(at) != 11 || load<u8>(at, 12) < 3 || (load<u8>(at, 13) & 7) != 1) return
  const a = load<u64>(at, 1), b = load<u32>(at, 8) >> 8
  const netscape = a == 0x455041435354454e && b == 0x302e32
  const animexts = a == 0x535458454d494e41 && b == 0x302e31
  if (!netscape && !animexts) return
  const repetitions = <i32>load<u16>(at, 14)
  plays = repetitions == 0 ? 0 : repetitions + 1
}
