// The transforms within a pixel: the color transform (RFC 9649, 4.2), which lessened red and blue by parts of
// green, and blue by a part of red; and the subtract-green transform (4.3).

/**
 * Per tile three bytes: green to red, green to blue, red to blue, each signed, in 1/32. Four pixels go at a
 * time, each in two lanes of 16 bits: blue and green, red and alpha. Up to three pixels more may be written.
 */
export function undoCrossColour(from: usize, to: usize, n: i32, tiles: usize, bits: i32): void {
  const low = i32x4.splat(0x00ff00ff)
  for (let x = 0; x < n; tiles += 3) {
    const greenToRed = <u32>load<i8>(tiles), greenToBlue = <u32>load<i8>(tiles, 1) & 0xffff
    const ofGreen = i32x4.splat(greenToRed << 16 | greenToBlue)
    const ofRed = i32x4.splat(<i32>load<i8>(tiles, 2) & 0xffff)
    const stop = min(x + (1 << bits), n)
    for (; x < stop; x += 4) {
      const p = <usize>x << 2
      let v = v128.load(from + p)
      const green = i16x8.shr_s(i8x16.shuffle(v, v, 1, 1, 1, 1, 5, 5, 5, 5, 9, 9, 9, 9, 13, 13, 13, 13), 8)
      v = i8x16.add(v, v128.and(part(green, ofGreen), low))
      const red = i16x8.shr_s(i8x16.shuffle(v, v, 2, 2, 2, 2, 6, 6, 6, 6, 10, 10, 10, 10, 14, 14, 14, 14), 8)
      v128.store(to + p, i8x16.add(v, v128.and(part(red, ofRed), low)))
    }
    x = stop
  }
}

/** Products in 1/32, rounded down. */
// @ts-ignore: decorator
@inline function part(colour: v128, multiplier: v128): v128 {
  return i16x8.shr_s(i16x8.mul(colour, multiplier), 5)
}

/** Adds green to red and to blue. Up to three pixels more may be written. */
export function addGreen(from: usize, to: usize, n: usize): void {
  for (const end = from + (n << 2); from < end; from += 16, to += 16) {
    const v = v128.load(from)
    const green = i8x16.shuffle(v, i64x2.splat(0), 1, 16, 1, 16, 5, 16, 5, 16, 9, 16, 9, 16, 13, 16, 13, 16)
    v128.store(to, i8x16.add(v, green))
  }
}
