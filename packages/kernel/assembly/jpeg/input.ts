// The file, and how far it has been read. Segments are read through here; entropy-coded data is copied out by
// entropy-segment.ts, which keeps a place of its own for each scan.

export let position: usize = 0
export let end: usize = 0

export function openInput(file: usize, length: usize): void {
  position = file
  end = file + length
}

export function moveTo(address: usize): void {
  position = address
}

// @ts-ignore: decorator
@inline export function byteAt(address: usize): i32 { return load<u8>(address) }

/** Numbers in T.81 are big-endian. */
// @ts-ignore: decorator
@inline export function wordAt(address: usize): i32 { return (<i32>load<u8>(address) << 8) | load<u8>(address, 1) }
