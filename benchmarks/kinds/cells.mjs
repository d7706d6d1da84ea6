// What kind of upload a file of the corpus is, how large, and which files are measured of each.
import { thumbDistance, thumbOf } from '@sluice/testkit/thumb8'

/** @import { Case } from '@sluice/testkit/corpus' */
/** @import { KindId, SizeId } from '../types.js' */

/** @type {readonly { id: KindId, title: string }[]} */
export const kinds = [
  { id: 'jpeg', title: 'JPEG' },
  { id: 'jpeg-colour', title: 'JPEG in other colours than sRGB: wide gamut, CMYK' },
  { id: 'png-photo', title: 'PNG, photo' },
  { id: 'png-graphic', title: 'PNG, graphic' },
  { id: 'gif', title: 'GIF' },
  { id: 'gif-animated', title: 'GIF, animated' },
  { id: 'webp-lossy', title: 'WebP, lossy' },
  { id: 'webp-lossless', title: 'WebP, lossless' },
  { id: 'webp-animated', title: 'WebP, animated' },
]

/** By pixels as stored, of an animation one frame's; `below` in megapixels. */
export const sizes = /** @type {const} */ ([
  { id: 'tiny', title: 'under 0.04', below: 0.04 },
  { id: 'small', title: '0.04 to 0.5', below: 0.5 },
  { id: 'medium', title: '0.5 to 4', below: 4 },
  { id: 'large', title: 'above 4', below: Number.POSITIVE_INFINITY },
])

/** A profile that moves colours further than this is not sRGB under another name. */
const SAME_COLOURS = 8
/** Thumbs nearer than this are the same scene in another wrapping. */
const SAME_SCENE = 6

/**
 * What cases.json knows of it: `png` for a still PNG, as only its pixels say what it shows. Undefined for
 * what is not measured: refused files, and animated PNGs, of which sharp draws the first frame alone. Of CMYK
 * both decoders draw the files, but never agree on the colours, so that none is among the accepted.
 * @param {Pick<Case, 'expect' | 'detected' | 'frames' | 'features' | 'icc_shift'>} entry
 * @returns {KindId | 'png' | undefined}
 */
export function kindOf({ expect, detected, frames = 1, features, icc_shift = 0 }) {
  const words = features.split(' ')
  const cmyk = words.includes('4comp') && expect === 'skip'
  if (expect !== 'accept' && !cmyk) return undefined
  switch (detected) {
    case 'JPEG':
    // A second picture behind the first is no frame.
    case 'MPO':
      return cmyk || icc_shift > SAME_COLOURS ? 'jpeg-colour' : 'jpeg'
    case 'PNG':
      return frames === 1 ? 'png' : undefined
    case 'GIF':
      return frames === 1 ? 'gif' : 'gif-animated'
    case 'WEBP':
      if (frames > 1) return 'webp-animated'
      return words.includes('VP8L') ? 'webp-lossless' : 'webp-lossy'
    default:
      return undefined
  }
}

/** @param {number} width @param {number} height @returns {SizeId} */
export function sizeOf(width, height) {
  const megapixels = (width * height) / 1e6
  return sizes.find(({ below }) => megapixels < below)?.id ?? 'large'
}

/**
 * At most `perCell` files of each kind and size, each of another scene: those with the lowest hashes, which
 * is the same choice everywhere and favours no suite.
 * @template {Case} Entry
 * @param {readonly Entry[]} entries
 * @param {{ perCell: number, isPhotograph(entry: Entry): Promise<boolean> }} settings the latter of PNGs alone
 * @returns {Promise<{ entry: Entry, kind: KindId, size: SizeId }[]>} in the order of the table
 */
export async function chooseFiles(entries, { perCell, isPhotograph }) {
  /** @type {Map<string, Entry[]>} */
  const cells = new Map()
  /** @param {KindId} kind @param {SizeId} size */
  const cellOf = (kind, size) => {
    const cell = cells.get(`${kind} ${size}`) ?? []
    cells.set(`${kind} ${size}`, cell)
    return cell
  }
  const byHash = [...entries].sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1))
  for (const entry of byHash) {
    const kind = kindOf(entry)
    if (!kind || !entry.in_size) continue
    const size = sizeOf(...entry.in_size)
    /** @param {KindId} kind */
    const hasRoom = kind => {
      const cell = cellOf(kind, size)
      return cell.length < perCell && !cell.some(other => isSameScene(entry, other))
    }
    if (kind !== 'png') {
      if (hasRoom(kind)) cellOf(kind, size).push(entry)
      continue
    }
    if (!hasRoom('png-photo') && !hasRoom('png-graphic')) continue
    const found = (await isPhotograph(entry)) ? 'png-photo' : 'png-graphic'
    if (hasRoom(found)) cellOf(found, size).push(entry)
  }
  return kinds.flatMap(({ id: kind }) =>
    sizes.flatMap(({ id: size }) => cellOf(kind, size).map(entry => ({ entry, kind, size }))),
  )
}

/** @param {Case} a @param {Case} b */
function isSameScene(a, b) {
  if (!a.thumb8 || !b.thumb8) return false
  return thumbDistance(thumbOf(a.thumb8), thumbOf(b.thumb8)) <= SAME_SCENE
}
