// Colour tables (GIF89a, 19 and 21) as RGBA.

/** 256 entries; indices past the end of a table are opaque black. */
export const palette: usize = memory.data(1024, 16)

/** `size` is the field of three bits. */
export function paletteBytes(size: u32): usize {
  return 3 << (<usize>size + 1)
}

export function readPalette(table: usize, bytes: usize, transparent: i32): void {
  for (let i: usize = 0; i < 256; i++) {
    const p = table + i * 3
    const rgb = p < table + bytes ? <u32>load<u8>(p) | (<u32>load<u8>(p, 1) << 8) | (<u32>load<u8>(p, 2) << 16) : 0
    store<u32>(palette + (i << 2), 0xff000000 | rgb)
  }
  makeTransparent(transparent)
}

/** The standard leaves a file without any table to the decoder (20.c). */
export function noPalette(transparent: i32): void {
  for (let i: u32 = 0; i < 256; i++) store<u32>(palette + (<usize>i << 2), 0xff000000 | (i * 0x010101))
  makeTransparent(transparent)
}

function makeTransparent(index: i32): void {
  if (index >= 0) store<u32>(palette + (<usize>index << 2), 0)
}
