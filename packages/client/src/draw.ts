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
  } catch {
    return undefined
  }
}
