import type { PlannedOutput, Rectangle, RenderPlan } from '../contracts/renderer.js'
import type { Format, OutputFormat } from '../formats/format.js'
import { type Header, uprightSize } from '../formats/header.js'
import type { Policy } from './policy.js'
import type { ImageSettings } from './settings.js'

/** Decides everything that a renderer must make of a probed image: sizes, crops, formats, budget. */
export function planRendering(header: Header, policy: Policy): RenderPlan {
  const animated = header.frames > 1 && policy.animated !== 'first-frame'
  const images: readonly (readonly [string, ImageSettings])[] = [
    ['main', policy.output],
    ...Object.entries(policy.variants),
  ]
  const outputs = images.map(
    ([name, image]): PlannedOutput => ({
      name,
      format: animated ? animatedFormat(header.format, policy.animated) : image.format,
      animated,
      ...planSize(uprightSize(header), image),
      quality: image.quality,
      effort: animated ? policy.animationEffort : image.effort,
    }),
  )
  const { timeMs, headroom, memoryMb, placeholder } = policy
  return { outputs, placeholder, budget: { timeMs, headroom, memoryMb } }
}

function animatedFormat(source: Format, animated: Policy['animated']): OutputFormat {
  if (animated === 'keep') return source === 'gif' ? 'gif' : 'webp'
  return animated === 'gif' ? 'gif' : 'webp'
}

interface Size {
  readonly width: number
  readonly height: number
}

/** Fit inside as Pillow's `Image.thumbnail`, cover as CSS `object-fit: cover`; neither enlarges. */
export function planSize(source: Size, image: ImageSettings): Size & { readonly crop?: Rectangle } {
  if (image.fit === 'inside') return fitInside(source, image.maxWidth, image.maxHeight)
  const width = Math.min(source.width, image.maxWidth)
  const height = Math.min(source.height, image.maxHeight)
  const scale = Math.max(width / source.width, height / source.height)
  const crop = {
    width: Math.min(source.width, width / scale),
    height: Math.min(source.height, height / scale),
  }
  const x = clamp(source.width * image.focus.x - crop.width / 2, 0, source.width - crop.width)
  const y = clamp(source.height * image.focus.y - crop.height / 2, 0, source.height - crop.height)
  return { width, height, crop: { x, y, ...crop } }
}

/** Aspect ratio kept, each side rounded to the nearest pixel and at least 1. */
export function fitInside(source: Size, maxWidth: number, maxHeight: number): Size {
  const scale = Math.min(1, maxWidth / source.width, maxHeight / source.height)
  return {
    width: Math.max(1, Math.round(source.width * scale)),
    height: Math.max(1, Math.round(source.height * scale)),
  }
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high)
}
