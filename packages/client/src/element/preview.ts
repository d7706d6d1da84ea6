import { type Policy, uprightSize, type View } from '@sluice/core'
import { headerOf } from '../header-of.js'

/**
 * A small upright copy of a picture, to be shown on a canvas: no `blob:` address is needed, which a strict
 * `img-src` refuses.
 * @param longestSide in pixels
 * @returns undefined where this browser does not read it, or its header says more pixels than the policy
 * takes
 */
export async function loadPreview(
  file: File,
  policy: Policy,
  longestSide: number,
): Promise<ImageBitmap | undefined> {
  const header = await headerOf(file, policy)
  if (header === undefined || header.width * header.height > policy.maxPixels) return undefined
  const { width, height } = uprightSize(header)
  const scale = Math.min(1, longestSide / Math.max(width, height))
  const side = (pixels: number) => Math.max(1, Math.round(pixels * scale))
  try {
    return await createImageBitmap(file, {
      imageOrientation: 'from-image',
      resizeWidth: side(width),
      resizeHeight: side(height),
      resizeQuality: 'medium',
    })
  } catch (thrown) {
    // What browsers throw that cannot decode it (HTML, 8.10), or do not know an option.
    if (thrown instanceof DOMException || thrown instanceof TypeError) return undefined
    throw thrown
  }
}

/** Draws the part of a picture that is wanted into the middle of a canvas, as large as it fits. */
export function drawPreview(canvas: HTMLCanvasElement, bitmap: ImageBitmap, { crop }: View = {}): void {
  const { x, y, width, height } = crop ?? { x: 0, y: 0, width: 1, height: 1 }
  const cut = { width: bitmap.width * width, height: bitmap.height * height }
  const scale = Math.max(canvas.width / cut.width, canvas.height / cut.height)
  // Covers the canvas: what stands over is cut on both sides.
  const seen = { width: canvas.width / scale, height: canvas.height / scale }
  const left = bitmap.width * x + (cut.width - seen.width) / 2
  const top = bitmap.height * y + (cut.height - seen.height) / 2
  const context = canvas.getContext('2d')
  context?.clearRect(0, 0, canvas.width, canvas.height)
  context?.drawImage(bitmap, left, top, seen.width, seen.height, 0, 0, canvas.width, canvas.height)
}
