// Planes to pixels: which colour model the file has, and rows of the result as soon as all planes can give them.
import { Code } from '../codes'
import { orientation, outHeight, outWidth } from '../plan'
import { ALL_ROWS, nextRow, openWriter, rowDone, writerIsFull } from '../resize/orientation-writer'
import { convertYCC, copyCMYK, copyRGB } from './colour'
import { Component, component, componentCount } from './frame'
import { filterRow, isReady } from './plane'

/** APP0 "JFIF" was there (T.871), and the transform byte of APP14 "Adobe", -1 without (T.872 6.5.3). */
let jfif: bool = false, adobeTransform: i32 = -1
let y: i32 = 0

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

export function openResult(): Code {
  y = 0
  return openWriter(outWidth, outHeight, orientation, ALL_ROWS)
}

/** Writes every row of the result that the decoded rows allow; true when it is complete. */
export function writeRows(): bool {
  while (y < outHeight) {
    for (let i = 0; i < componentCount; i++) if (!isReady(component(i).plane, y)) return false
    for (let i = 0; i < componentCount; i++) filterRow(component(i).plane, y)
    const a = component(0).plane.row, to = nextRow()
    if (componentCount == 1) copyRGB(a, a, a, outWidth, to)
    else {
      const b = component(1).plane.row, c = component(2).plane.row
      if (componentCount == 4) {
        const d = component(3).plane.row
        if (adobeTransform > 0) convertYCC(a, b, c, d, outWidth, to)
        else copyCMYK(a, b, c, d, outWidth, to)
      } else if (isRGB()) copyRGB(a, b, c, outWidth, to)
      else convertYCC(a, b, c, 0, outWidth, to)
    }
    rowDone()
    y++
  }
  return writerIsFull()
}
