/** @import { KindMean, KindRow } from '../types.js' */
import { kinds, sizes } from './cells.mjs'

/** Of ratios: two times faster and two times slower come to 1. @param {readonly number[]} values */
export function geometricMean(values) {
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length)
}

/**
 * Geometric means of ours to each rival, every file counted once; a cell without files has none.
 * @param {readonly KindRow[]} rows
 */
export function meansOf(rows) {
  return {
    cells: kinds.flatMap(({ id: kind }) =>
      sizes.flatMap(({ id: size }) => {
        const mean = meanOf(rows.filter(row => row.kind === kind && row.size === size))
        return mean ? [{ kind, size, ...mean }] : []
      }),
    ),
    kinds: kinds.flatMap(({ id: kind }) => {
      const mean = meanOf(rows.filter(row => row.kind === kind))
      return mean ? [{ kind, ...mean }] : []
    }),
    sizes: sizes.flatMap(({ id: size }) => {
      const mean = meanOf(rows.filter(row => row.size === size))
      return mean ? [{ size, ...mean }] : []
    }),
    photographs: meanOf(rows.filter(isPhotograph)),
    all: meanOf(rows),
  }
}

/**
 * What the scene of the headline is one of: a photograph of half a megapixel or more, as most are stored.
 * @param {KindRow} row
 */
const isPhotograph = ({ kind, size }) =>
  ['jpeg', 'png-photo', 'webp-lossy'].includes(kind) && ['medium', 'large'].includes(size)

/** @param {readonly KindRow[]} rows @returns {KindMean | undefined} */
function meanOf(rows) {
  if (rows.length === 0) return undefined
  /** @param {(row: KindRow) => number} ratio */
  const mean = ratio => geometricMean(rows.map(ratio))
  return {
    files: rows.length,
    time: {
      sharp: mean(({ ratio }) => ratio.sharp.time),
      'sharp-default': mean(({ ratio }) => ratio['sharp-default'].time),
    },
    processor: {
      sharp: mean(({ ratio }) => ratio.sharp.processor),
      'sharp-default': mean(({ ratio }) => ratio['sharp-default'].processor),
    },
  }
}
