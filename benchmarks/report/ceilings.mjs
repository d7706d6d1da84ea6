/** @import { Ceilings, Result } from '../types.js' */

/**
 * What would be left of the time if the most costly parts cost nothing, from the ceilings that were measured
 * (ceilings.bench.mjs) and the stages of a full run.
 * @param {Result} full @param {Ceilings} ceilings
 */
export function ceilingsText(full, ceilings) {
  /** @param {string} input @param {string} way */
  const ratio = (input, way) => {
    const found = ceilings.rows.find(row => row.input === input && row.way === way)
    if (!found) throw new Error(`no ceiling of ${input}, ${way}`)
    return found.ratio.median
  }
  /** @param {string} input */
  const withoutEncoding = input => ratio(input, 'encoding for nothing')
  /** @param {number} value */
  const two = value => value.toFixed(2)
  const rows = [
    [
      'encoding',
      `${two(withoutEncoding('photo-12'))} of the time for 12 megapixels, ${two(withoutEncoding('photo-48'))} for 48`,
      'rows of macroblocks in two workers of the pool while it has nothing else to do; ' +
        `effort 4 takes ${two(ratio('photo-12', 'effort 4'))}, effort 0 ${two(ratio('photo-12', 'effort 0'))}`,
    ],
    [
      'decoding and resizing',
      `${two(1 - withoutEncoding('photo-12'))} for 12 megapixels, ${two(1 - withoutEncoding('photo-48'))} for 48`,
      'restart intervals and progressive scans of a JPEG decoded side by side in workers',
    ],
    [
      'probing a PNG',
      `${two(1 - shareOf(full, 'photo-png', 'probe'))} for a 5-megapixel photo`,
      'checksums of chunks in the kernel, which reads the bytes anyway, in place of TypeScript',
    ],
  ]
  return ['| part | ceiling | how |', '|---|---|---|', ...rows.map(row => `| ${row.join(' | ')} |`)].join(
    '\n',
  )
}

/**
 * Of the time of the contender in focus.
 * @param {Result} result @param {string} input @param {string} stage
 */
function shareOf({ stages, focus }, input, stage) {
  const mine = stages.find(row => row.input === input && row.contender === focus)?.stages
  if (!mine) throw new Error(`no stages of ${input}`)
  const all = Object.values(mine).reduce((sum, { median }) => sum + median, 0)
  return mine[stage].median / all
}
