// The corpus's 8x8 thumb: exact-area box averages, weighted by alpha.

/** 64 cells of R, G, B, A. */
export function thumb8(pixels: Uint8Array, width: number, height: number): number[] {
  return Array.from({ length: 64 }, (_, i) => cell(pixels, width, height, i % 8, i >> 3)).flat()
}

function cell(pixels: Uint8Array, width: number, height: number, column: number, row: number): number[] {
  const [left, right] = [(column * width) / 8, ((column + 1) * width) / 8]
  const [top, bottom] = [(row * height) / 8, ((row + 1) * height) / 8]
  let [red, green, blue, alpha] = [0, 0, 0, 0]
  for (let y = Math.floor(top); y < bottom; y++) {
    const high = Math.min(y + 1, bottom) - Math.max(y, top)
    for (let x = Math.floor(left), at = (y * width + x) * 4; x < right; x++, at += 4) {
      const wide = Math.min(x + 1, right) - Math.max(x, left)
      const a = (pixels[at + 3] ?? 0) * high * wide
      alpha += a
      red += (pixels[at] ?? 0) * a
      green += (pixels[at + 1] ?? 0) * a
      blue += (pixels[at + 2] ?? 0) * a
    }
  }
  const mean = Math.round((alpha * 64) / (width * height))
  if (mean === 0) return [0, 0, 0, 0]
  return [Math.round(red / alpha), Math.round(green / alpha), Math.round(blue / alpha), mean]
}

/** The largest over all cells of |dA| and |dRGB| * min(A1, A2) / 255. */
export function thumbDistance(cells: readonly number[], hex: string): number {
  const other = Buffer.from(hex, 'hex')
  let largest = 0
  for (let i = 0; i < 256; i += 4) {
    const a = cells[i + 3] ?? 0
    const b = other[i + 3] ?? 0
    largest = Math.max(largest, Math.abs(a - b))
    for (let c = 0; c < 3; c++) {
      largest = Math.max(
        largest,
        (Math.abs((cells[i + c] ?? 0) - (other[i + c] ?? 0)) * Math.min(a, b)) / 255,
      )
    }
  }
  return largest
}
