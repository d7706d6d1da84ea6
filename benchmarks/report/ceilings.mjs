/**
 * What would be left of the time if the most costly parts cost nothing, from the ceilings that were measured
 * (ceilings.bench.mjs) and the stages of a full run.
 */
export function ceilingsText(full, ceilings) {
  const ratio = (input, way) => ceilings.rows.find(row => row.input === input && row.way === way).ratio.median
  const withoutEncoding = input => ratio(input, 'encoding for nothing')
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

/** Of the time of the contender in focus. */
function shareOf({ stages, focus }, input, stage) {
  const mine = stages.find(row => row.input === input && row.contender === focus).stages
  const all = Object.values(mine).reduce((sum, { median }) => sum + median, 0)
  return mine[stage].median / all
}
