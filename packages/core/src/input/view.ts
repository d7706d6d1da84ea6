import { UploadError } from '../errors/upload-error.js'

/** A point of the upright picture: fractions of its width and height from the top left, 0 to 1. */
export interface Focus {
  readonly x: number
  readonly y: number
}

/** A part of the upright picture, in fractions of its width and height: `{ x: 0, y: 0, width: 1, height: 1 }` is all. */
export interface Crop extends Focus {
  readonly width: number
  readonly height: number
}

/** What of a picture is to be seen, as its sender chose it. */
export interface View {
  /** The rest is cut off, from every output. Never enlarges. */
  readonly crop?: Crop | undefined
  /** What stays in view where an output is cut further, in place of the policy's `focus`. */
  readonly focus?: Focus | undefined
}

/** Fractions come from divisions: 0.7 + 0.3 may be a hair over 1. */
const slack = 1e-6

/**
 * The wishes of a stranger, checked and frozen; undefined where there are none.
 * @throws UploadError `invalid-crop`: a number that is none, outside of 0 to 1, or a part that is empty or reaches
 * over the picture's edge
 */
export function checkView({ crop, focus }: View): View | undefined {
  if (crop === undefined && focus === undefined) return undefined
  return Object.freeze({ ...(crop && { crop: checkCrop(crop) }), ...(focus && { focus: checkFocus(focus) }) })
}

function checkCrop({ x, y, width, height }: Crop): Crop {
  const inside = [x, y, width, height].every(isFraction) && x + width <= 1 + slack && y + height <= 1 + slack
  if (!inside) throw invalid('a crop outside of the picture')
  const cut = { x, y, width: Math.min(width, 1 - x), height: Math.min(height, 1 - y) }
  if (cut.width <= 0 || cut.height <= 0) throw invalid('a crop of nothing')
  return Object.freeze(cut)
}

function checkFocus({ x, y }: Focus): Focus {
  if (![x, y].every(isFraction)) throw invalid('a focus outside of the picture')
  return Object.freeze({ x, y })
}

function isFraction(value: unknown): boolean {
  return typeof value === 'number' && value >= 0 && value <= 1
}

function invalid(detail: string): UploadError {
  return new UploadError('invalid-crop', {}, { detail })
}

/**
 * `0.1,0.2,0.5,0.5` of a form field: x, y, width and height, as the region of the IIIF Image API (3.0, 4.1) is
 * written, but in fractions.
 * @throws UploadError `invalid-crop`
 */
export function parseCrop(text: string): Crop {
  const [x, y, width, height] = numbersOf(text, 4)
  return checkCrop({ x, y, width, height } as Crop)
}

/**
 * `0.5,0.3` of a form field: x and y.
 * @throws UploadError `invalid-crop`
 */
export function parseFocus(text: string): Focus {
  const [x, y] = numbersOf(text, 2)
  return checkFocus({ x, y } as Focus)
}

/** At most 20 digits a number: what a program writes. */
const decimal = /^(?:\d|0?\.\d{1,20}|\d\.\d{0,20})(?:e-\d{1,2})?$/

function numbersOf(text: string, count: number): readonly number[] {
  const parts = text.length > 200 ? [] : text.split(',').map(part => part.trim())
  if (parts.length !== count || !parts.every(part => decimal.test(part)))
    throw invalid(`not ${count} fractions with commas between them`)
  return parts.map(Number)
}
