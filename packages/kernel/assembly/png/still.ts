// A PNG's default image, row by row into the resizer.
import { Code } from '../codes'
import { ALL_ROWS } from '../resize/orientation-writer'
import { openResize, pushRows } from '../resize/stream'
import { imageWidth, imageHeight, translucent } from './header'
import { imageData, imageDataEnd } from './open'
import { allocRaster, startRaster, readRow, finishRaster, rasterError } from './raster'

/** By the caller's plan. Nothing is shown of a picture that is not whole. */
export function decodePng(): Code {
  let error = openResize(imageWidth, imageHeight, translucent, ALL_ROWS)
  if (!error) error = allocRaster()
  if (!error) error = startRaster(imageData, imageDataEnd, imageWidth, imageHeight)
  if (error) return error
  for (let y = 0; y < imageHeight; y++) {
    const row = readRow()
    if (!row) return rasterError
    pushRows(row, 1, 0)
  }
  return finishRaster()
}
