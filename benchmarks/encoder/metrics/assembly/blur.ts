// Gaussian blur of a plane of f32, sigma 1.5 in eleven taps: the window of SSIM and, to its truncation, of SSIMULACRA 2.

/** exp(-k^2 / 4.5), normalised, for k = 0 to 5. */
const TAPS: usize = memory.data<f32>([0.26601171493530273, 0.21300552785396576, 0.10936068743467331, 0.036000773310661316, 0.007598758675158024, 0.0010283801239], 16)
const REACH = 5

/** Lines carry this many zeros before and after, for whole vectors to be read there. */
export const MARGIN: usize = 8

@inline function tap(k: i32): v128 { return f32x4.splat(load<f32>(TAPS + (k << 2))) }

/** Zero outside the plane. `line` holds width + 2 * MARGIN floats, `temp` a plane; all rows are padded to whole vectors. */
export function blur(source: usize, temp: usize, out: usize, line: usize, stride: i32, width: i32, height: i32): void {
  const t0 = tap(0), t1 = tap(1), t2 = tap(2), t3 = tap(3), t4 = tap(4), t5 = tap(5)
  const bytes = <usize>stride << 2
  memory.fill(line, 0, (<usize>stride + 2 * MARGIN) << 2)
  const centre = line + (MARGIN << 2)
  for (let y = 0; y < height; y++) {
    memory.copy(centre, source + bytes * y, <usize>width << 2)
    const to = temp + bytes * y
    for (let x = 0; x < width; x += 4) {
      const p = centre + (<usize>x << 2)
      let v = f32x4.mul(t0, v128.load(p))
      v = f32x4.add(v, f32x4.mul(t1, f32x4.add(v128.load(p - 4), v128.load(p, 4))))
      v = f32x4.add(v, f32x4.mul(t2, f32x4.add(v128.load(p - 8), v128.load(p, 8))))
      v = f32x4.add(v, f32x4.mul(t3, f32x4.add(v128.load(p - 12), v128.load(p, 12))))
      v = f32x4.add(v, f32x4.mul(t4, f32x4.add(v128.load(p - 16), v128.load(p, 16))))
      v = f32x4.add(v, f32x4.mul(t5, f32x4.add(v128.load(p - 20), v128.load(p, 20))))
      v128.store(to + (<usize>x << 2), v)
    }
  }
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x += 4) {
      let v = f32x4.splat(0)
      for (let k = -REACH; k <= REACH; k++) {
        const row = y + k
        if (row < 0 || row >= height) continue
        v = f32x4.add(v, f32x4.mul(tap(abs(k)), v128.load(temp + bytes * row + (<usize>x << 2))))
      }
      v128.store(out + bytes * y + (<usize>x << 2), v)
    }
  }
}
