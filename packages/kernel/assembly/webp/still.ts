// A WebP's picture, or the first frame of an animation, row by row into the resizer.
import { Code } from '../codes'
import { ALL_ROWS } from '../resize/orientation-writer'
import { openResize, pushRows } from '../resize/stream'
import { nextWebpFrame } from './animation'
import { animated, canvasHeight, canvasWidth } from './open'
import { nextPictureRow, openPicture, pictureError, translucent } from './picture'

/** By the caller's plan. Nothing is shown of a picture that is not whole. */
export function decodeWebp(): Code {
  if (animated) return nextWebpFrame()
  let error = openResize(canvasWidth, canvasHeight, translucent, ALL_ROWS)
  if (!error) error = openPicture()
  if (error) return error
  for (let y = 0; y < canvasHeight; y++) {
    const row = nextPictureRow()
    if (!row) return pictureError
    pushRows(row, 1, 0)
  }
  return Code.Ok
}
