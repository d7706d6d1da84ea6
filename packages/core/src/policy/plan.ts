import type { PlannedOutput, Rectangle, RenderPlan } from '../contracts/renderer.js'
import { type Format, type OutputFormat, outputFormats } from '../formats/format.js'
import { type Header, uprightSize } from '../formats/header.js'
import type { View } from '../input/view.js'
import type { Policy } from './policy.js'
import type { ImageSettings } from './settings.js'

/**
 * Decides everything that a renderer must make of a probed image: sizes, crops, formats, budget.
 * @param view what of the picture is to be seen; all of it where undefined
 */
export function planRendering(header: Header, policy: Policy, view?: View): RenderPlan {
  const animated = header.frames > 1 && policy.animated !== 'first-frame'
  const images: readonly (readonly [string, ImageSettings])[] = [
    ['main', policy.output],
    ...Object.entries(policy.variants),
  ]
  const outputs = images.map(
    ([name, image]): PlannedOutput => ({
      name,
      format: animated
        ? animatedFormat(header.format, policy.animated)
        : stillFormat(header.format, image.format),
      animated,
      ...planSize(uprightSize(header), image, view),
      quality: image.quality,
      effort: animated ? policy.animationEffort : image.effort,
    }),
  )
  const { timeMs, headroom, memoryMb, placeholder } = policy
  return { outputs, placeholder, budget: { timeMs, headroom, memoryMb } }
}

/** What a still of a format becomes: `same` is JPEG for what is read and not written. */
export function stillFormat(source: Format, wanted: ImageSettings['format']): OutputFormat {
  if (wanted !== 'same') return wanted
  return outputFormats.find(format => format === source) ?? 'jpeg'
}

function animatedFormat(source: Format, animated: Policy['animated']): OutputFormat {
  if (animated === 'keep') return source === 'gif' ? 'gif' : 'webp'
  return animated === 'gif' ? 'gif' : 'webp'
}

interface Size {
  readonly width: number
  readonly height: number
}

/**
 * Fit inside as Pillow's `Image.thumbnail`. Cover as CSS `object-fit: cover`: the box, or where what is shown is
 * smaller and must not be enlarged, the largest of the box's shape. Both of the view's crop, where there is one.
 */
export function planSize(
  source: Size,
  image: ImageSettings,
  view?: View,
): Size & { readonly crop?: Rectangle } {
  const { maxWidth, maxHeight, enlarge } = image
  const cropped = cropRegion(source, view)
  const shown = cropped ?? { x: 0, y: 0, ...source }
  if (image.fit === 'inside') {
    const scale = Math.min(maxWidth / shown.width, maxHeight / shown.height, enlarge ? Number.MAX_VALUE : 1)
    return { ...scaled(shown, scale), ...(cropped && { crop: cropped }) }
  }
  const shrink = enlarge ? 1 : Math.min(1, shown.width / maxWidth, shown.height / maxHeight)
  const { width, height } = scaled({ width: maxWidth, height: maxHeight }, shrink)
  const scale = Math.max(width / shown.width, height / shown.height)
  const crop = {
    width: Math.min(shown.width, width / scale),
    height: Math.min(shown.height, height / scale),
  }
  const focus = view?.focus ?? image.focus
  const x = clamp(source.width * focus.x - crop.width / 2, shown.x, shown.x + shown.width - crop.width)
  const y = clamp(source.height * focus.y - crop.height / 2, shown.y, shown.y + shown.height - crop.height)
  return { width, height, crop: { x, y, ...crop } }
}

/**
 * The view's crop in whole pixels of the upright source, at least one: an output of its size is a copy. Undefined
 * where all is shown.
 */
export function cropRegion(source: Size, view: View | undefined): Rectangle | undefined {
  if (view?.crop === undefined) return undefined
  const [x, width] = wholePixels(view.crop.x, view.crop.width, source.width)
  const [y, height] = wholePixels(view.crop.y, view.crop.height, source.height)
  return width === source.width && height === source.height ? undefined : { x, y, width, height }
}

function wholePixels(from: number, length: number, side: number): readonly [from: number, length: number] {
  const start = Math.min(side - 1, Math.round(from * side))
  const end = Math.min(side, Math.max(start + 1, Math.round((from + length) * side)))
  return [start, end - start]
}

/** Aspect ratio kept, each side rounded to the nearest pixel and at least 1; never enlarged. */
export function fitInside(source: Size, maxWidth: number, maxHeight: number): Size {
  return scaled(source, Math.min(1, maxWidth / source.width, maxHeight / source.height))
}

function scaled({ width, height }: Size, scale: number): Size {
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high)
}
