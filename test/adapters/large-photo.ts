import { makeJpeg } from '../../fixtures/make/jpeg.mjs'
import { drawScene } from '../../fixtures/make/scene.mjs'

/**
 * A JPEG of any size, as a wall of one scene: what a phone takes has as many details, but no such picture is
 * here.
 */
export async function largePhoto(
  width: number,
  height: number,
  quality: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const tile = drawScene(3, 500, 400)
  const data = new Uint8ClampedArray(width * height * 4)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x += tile.width) {
      const start = (y % tile.height) * tile.width * 4
      const length = Math.min(tile.width, width - x) * 4
      data.set(tile.data.subarray(start, start + length), (y * width + x) * 4)
    }
  return makeJpeg({ width, height, data }, { quality })
}
