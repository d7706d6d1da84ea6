// The color transform (RFC 9649, 4.2): red and blue were lessened by parts of green, and blue by a part of red.

/** Per tile three bytes: green to red, green to blue, red to blue, each signed, in 1/32. */
export function undoCrossColour(from: usize, to: usize, n: i32, tiles: usize, bits: i32): void {
  for (let x = 0; x < n; tiles += 3) {
    const greenToRed = <i32>load<i8>(tiles), greenToBlue = <i32>load<i8>(tiles, 1), redToBlue = <i32>load<i8>(tiles, 2)
    const stop = min(x + (1 << bits), n)
    for (; x < stop; x++) {
      const p = <usize>x << 2, pixel = load<u32>(from + p), green = <i32><i8>(pixel >> 8)
      const red = (<i32>(pixel >> 16) + (greenToRed * green >> 5)) & 0xff
      const blue = (<i32>pixel + (greenToBlue * green >> 5) + (redToBlue * <i32><i8>red >> 5)) & 0xff
      store<u32>(to + p, (pixel & 0xff00ff00) | <u32>red << 16 | <u32>blue)
    }
  }
}
