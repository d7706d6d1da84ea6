// Planes to pixels: which colour model the file has, and rows of the result as soon as all planes can give them. Where
// inks are converted, planes give rows of the whole picture, which the resizer takes once they are RGB.
import { Code } from '../codes'
import { alloc } from '../memory'
import { fitPlan, fitSource, orientation, outHeight, outWidth } from '../plan'
import { ALL_ROWS, nextRow, openWriter, rowDone, writerIsFull } from '../resize/orientation-writer'
import { openResize, pushRows } from '../resize/stream'
import { convertYCC, copyCMYK, copyRGB } from './colour'
import { Component, component, componentCount, height, width } from './frame'
import { convertInks, hasInkTable } from './ink'
import { filterRow, isReady } from './plane'

/** APP0 "JFIF" was there (T.871), and the transform byte of APP14 "Adobe", -1 without (T.872 6.5.3). */
let jfif: bool = false, adobeTransform: i32 = -1
let y: i32 = 0
/** Of rows as the planes give them. */
let rowWidth: i32 = 0, rowCount: i32 = 0
/** One row of ink, where it is converted. */
let inkRow: usize = 0

export function sawJFIF(): void { jfif = true }
export function sawAdobe(transform: i32): void { adobeTransform = transform }

/** Three components are YCbCr unless something says otherwise; the order of trust is libjpeg's. */
function isRGB(): bool {
  if (jfif) return false
  if (adobeTransform >= 0) return adobeTransform == 0
  return component(0).id == 0x52 && component(1).id == 0x47 && component(2).id == 0x42 // "R", "G", "B"
}

/** Cb or Cr. */
export function isChroma(c: Component): bool {
  const index = c.index
  return (index == 1 || index == 2) && (componentCount == 3 ? !isRGB() : adobeTransform > 0)
}

/** 1 when the result is cyan, magenta, yellow and black instead of RGBA. */
export function jpegIsCMYK(): i32 {
  return componentCount == 4 && !hasInkTable() ? 1 : 0
}

/** Inks are to be converted, and so before they are resized. */
function convertsInks(): bool {
  return componentCount == 4 && hasInkTable()
}

/** What the planes have to give: the result, or every pixel of the picture. */
export function fitPlanes(): Code {
  const code = fitPlan(width, height)
  return code == Code.Ok && convertsInks() ? fitSource(width, height) : code
}

export function openResult(): Code {
  y = 0
  rowWidth = outWidth
  rowCount = outHeight
  if (!convertsInks()) return openWriter(outWidth, outHeight, orientation, ALL_ROWS)
  // Colours are written by eights, and the resizer reads past the end.
  inkRow = alloc(<u64>(width + 16) << 2)
  return inkRow ? openResize(width, height, false, ALL_ROWS) : Code.OutOfMemory
}

/** Writes every row of the result that the decoded rows allow; true when it is complete. */
export function writeRows(): bool {
  const inks = convertsInks()
  while (y < rowCount) {
    for (let i = 0; i < componentCount; i++) if (!isReady(component(i).plane, y)) return false
    for (let i = 0; i < componentCount; i++) filterRow(component(i).plane, y)
    const a = component(0).plane.row, to = inks ? inkRow : nextRow()
    if (componentCount == 1) copyRGB(a, a, a, rowWidth, to)
    else {
      const b = component(1).plane.row, c = component(2).plane.row
      if (componentCount == 4) {
        const d = component(3).plane.row
        if (adobeTransform > 0) convertYCC(a, b, c, d, rowWidth, to)
        else copyCMYK(a, b, c, d, rowWidth, to)
      } else if (isRGB()) copyRGB(a, b, c, rowWidth, to)
      else convertYCC(a, b, c, 0, rowWidth, to)
    }
    y++
    if (inks) {
      convertInks(inkRow, rowWidth)
      pushRows(inkRow, 1, 0)
    } else rowDone()
  }
  return writerIsFull()
}
