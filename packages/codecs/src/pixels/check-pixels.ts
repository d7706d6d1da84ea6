/** @throws TypeError where there are not four bytes for each pixel */
export function checkPixels(pixels: Uint8Array, width: number, height: number): void {
  if (pixels.length !== width * height * 4)
    throw new TypeError(`${pixels.length} bytes for ${width}x${height} pixels`)
}
