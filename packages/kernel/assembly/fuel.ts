// Work has a ceiling that is the same on every machine: the caller sets `fuel`, the kernel counts it down.
//
// One unit is about one iteration of an inner loop. It is charged at a coarse grain, before the work:
//   JPEG     64 per 8x8 block of a scan, and 64 per block that is transformed, 256 per block that is smoothed;
//            4 per arithmetic decision; 16 per pixel of ink that is converted; 4096 per scan; 1 per 16 bytes of a segment, and of what is searched for a marker
//   resize   1 per 16 bytes of row and filter tap, and 1 per weight of a filter table
//   inflate  1 per byte of output, 4096 per block with its own codes; PNG: 1 per pixel and byte of chunk
//   GIF      1 per byte of LZW data and per pixel
//   WebP     lossless: 1 per pixel and per pixel of each transform, 2 per symbol and 512 per prefix code; lossy: 1024
//            per macroblock, 1 per pixel; 16 per chunk
//   frames   1 per pixel of the canvas
//   WebP     about 2 ns: per macroblock, subblock, position of the trellis and token, and per pixel of alpha
// (../../encoder) A decoder that is added writes its own line here.

/** Units left. The caller may set it at any time; the default never runs out. */
export let fuel: i64 = i64.MAX_VALUE

/** Pays for `units` of work; traps when they are not there. After such a trap `fuel` is below zero. */
export function charge(units: i64): void {
  fuel -= units
  if (fuel < 0) unreachable()
}
