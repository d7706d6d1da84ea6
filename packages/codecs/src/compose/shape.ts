import { type Orientation, type PlannedOutput, type Rectangle, uprightSize } from '@sluice/core'
import { zeros } from '@sluice/sandbox'
import type { ImageBudget } from '../budget.js'
import type { Conversion, Frame, Frames, Resizer, Source } from '../codec.js'
import { orient, storedRectangle, turnSize } from '../pixels/orient.js'
import { scaleCrop } from './target.js'

interface Tools {
  readonly resizer: Resizer
  readonly conversion: Conversion
}

export type Shape = (frame: Frame, output: PlannedOutput) => Promise<Frame>

/**
 * How a decoded frame becomes one of an output: cropped and resized, then turned upright, then brought to sRGB. In this
 * order the costly steps see the few pixels of the output.
 */
export function shaper(source: Source, decoded: Frames, budget: ImageBudget, tools: Tools): Shape {
  const orientation = decoded.upright ? 1 : source.header.orientation
  // A frame of an animation may be cleared away, also where no pixel of a frame is transparent.
  const alpha = decoded.model === 'rgba' && (source.header.alpha || source.header.frames > 1)
  const { conversion, resizer } = tools
  const keepsColours = decoded.model === 'srgb' || conversion.changesNothing === true
  const isGood = keepsColours && decoded.lasting === true
  return async (frame, output) => {
    const size = turnSize(output, orientation)
    const crop = output.crop && decodedCrop(output.crop, source, decoded, orientation)
    const fits = !crop && size.width === frame.width && size.height === frame.height
    // Other outputs see the frame as well: what is written into is a copy.
    const own = () => (isGood ? frame : { ...frame, pixels: copyOf(frame.pixels) })
    const resized = fits ? own() : await resizer.resize(frame, { ...size, crop, alpha, budget })
    const upright = orientation === 1 ? resized : budget.timed('turn', () => orient(resized, orientation))
    const picture = keepsColours ? upright : conversion.convert(upright)
    return { ...picture, durationMs: frame.durationMs }
  }
}

function copyOf(pixels: Uint8Array): Uint8Array {
  const copy = zeros(pixels.length)
  copy.set(pixels)
  return copy
}

/** A crop of the upright source, in the pixels that the decoder gave. */
function decodedCrop(
  crop: Rectangle,
  { header }: Source,
  decoded: Frames,
  orientation: Orientation,
): Rectangle {
  const scaled = scaleCrop(crop, uprightSize(header), turnSize(decoded, orientation))
  return storedRectangle(scaled, decoded, orientation)
}
