/** The server encodes it once more: what is lost here should not be seen there. */
const quality = 0.95

/**
 * Has the browser decode, turn upright, resize and encode a picture.
 * @returns undefined where it cannot: not every browser reads every format, or has the memory
 */
export async function draw(
  file: Blob,
  { width, height }: { readonly width: number; readonly height: number },
  type: string,
): Promise<Blob | undefined> {
  if (!('createImageBitmap' in globalThis && 'OffscreenCanvas' in globalThis)) return undefined
  try {
    const bitmap = await createImageBitmap(file, {
      imageOrientation: 'from-image',
      resizeWidth: width,
      resizeHeight: height,
      resizeQuality: 'high',
    })
    try {
      const canvas = new OffscreenCanvas(width, height)
      canvas.getContext('2d')?.drawImage(bitmap, 0, 0, width, height)
      const blob = await canvas.convertToBlob({ type, quality })
      return blob.type === type ? blob : undefined
    } finally {
      bitmap.close()
    }
  } catch (thrown) {
    if (isIncapable(thrown)) return undefined
    throw thrown
  }
}

/**
 * What the HTML standard has a browser throw that cannot decode, encode or hold the picture (DOMException),
 * and Web IDL one that does not know an option's value: `from-image` is younger than `createImageBitmap`
 * (TypeError).
 */
function isIncapable(thrown: unknown): boolean {
  return thrown instanceof DOMException || thrown instanceof TypeError
}
