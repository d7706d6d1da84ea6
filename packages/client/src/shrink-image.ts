import {
  cropRegion,
  type Format,
  formatTable,
  type Header,
  type Policy,
  planRendering,
  uprightSize,
  type View,
} from '@sluice/core'
import { nameOf } from './check-image.js'
import { draw } from './draw.js'
import { headerOf } from './header-of.js'

/** Formats of screenshots and graphics, whose edges a JPEG would blur. */
const drawings: readonly Format[] = ['png', 'gif']

/**
 * A still as large as the policy's largest output needs it, drawn by the browser: upright, sRGB, without
 * metadata. A HEIC photo becomes a JPEG where the browser reads it (Safari). What is small enough already,
 * animations, and what the browser cannot draw come back as they are.
 * @param view the part to keep: the whole picture is sent, and stays large enough for its crop
 * @returns a file that is smaller, or acceptable where the original was not; else `file` itself
 */
export async function shrinkImage(file: Blob, policy: Policy, view?: View): Promise<Blob> {
  const header = await headerOf(file, policy)
  if (header === undefined || header.frames > 1) return file
  const target = sizeFor(header, policy, view)
  const accepted = file.size <= policy.maxFileBytes && policy.formats.includes(header.format)
  if (accepted && target.scale >= 1) return file
  const format = header.alpha || drawings.includes(header.format) ? 'png' : 'jpeg'
  const drawn = await draw(file, target, formatTable[format].type)
  if (drawn === undefined || (accepted && drawn.size >= file.size)) return file
  const name = nameOf(file)
  return name === undefined ? drawn : new File([drawn], rename(name, format), { type: drawn.type })
}

/**
 * What the most demanding output takes from the picture; `scale` under 1 where that is less than all of it.
 */
function sizeFor(header: Header, policy: Policy, view: View | undefined) {
  const upright = uprightSize(header)
  const region = cropRegion(upright, view)
  const scale = Math.max(
    // The server measures the crop in what it is sent; a pixel more for rounding.
    region ? (policy.minCropSide + 1) / Math.min(region.width, region.height) : 0,
    ...planRendering(header, policy, view).outputs.map(({ width, height, crop = upright }) =>
      Math.max(width / crop.width, height / crop.height),
    ),
  )
  const whole = (side: number) => Math.max(1, Math.round(side * Math.min(1, scale)))
  return { width: whole(upright.width), height: whole(upright.height), scale }
}

function rename(name: string, format: 'jpeg' | 'png'): string {
  return `${name.replace(/\.[^.]*$/, '')}.${formatTable[format].extensions[0]}`
}
