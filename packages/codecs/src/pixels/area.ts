/** A rectangle of a picture, where it lies: nothing is cut out of frames that may be of megapixels. */
export interface Area {
  /** Of the whole picture, one a pixel. */
  readonly words: Uint32Array
  /** Of the whole picture. */
  readonly stride: number
  /** Where the rectangle begins. */
  readonly start: number
  readonly width: number
  readonly height: number
}

/** All of a picture, as one row. */
export const wholeArea = (words: Uint32Array): Area => ({
  words,
  stride: words.length,
  start: 0,
  width: words.length,
  height: 1,
})

/** Whether any word is so. */
export function some(
  { words, stride, start, width, height }: Area,
  is: (word: number, at: number) => boolean,
): boolean {
  for (let row = 0; row < height; row++) {
    const from = start + row * stride
    for (let at = from; at < from + width; at++) if (is(words[at] ?? 0, at)) return true
  }
  return false
}
