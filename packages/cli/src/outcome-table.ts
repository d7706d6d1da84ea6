import { escapeControls } from './escape-controls.js'
import type { Accepted, Outcome, Refused } from './sanitize-file.js'
import { count } from './words.js'

/**
 * `exif` is the orientation, 2 to 8, left out where the image is upright as it is. Widths are fixed before the
 * first result is there, so that each line can be written as it comes.
 */
const columns = [
  { head: 'input', width: 5, align: 'left' },
  { head: 'size', width: 11, align: 'right' },
  { head: 'bytes', width: 10, align: 'right' },
  { head: 'exif', width: 4, align: 'right' },
  { head: 'output', width: 9, align: 'right' },
  { head: 'bytes', width: 9, align: 'right' },
  { head: 'ms', width: 5, align: 'right' },
] as const

/** Of the column with the names, in characters. */
const longestName = 32

/**
 * What came in and what became of it, a line a file, and a line of sums. Holds no result: a list may be as long as it
 * likes.
 */
export function outcomeTable(files: readonly string[]) {
  const nameWidth = files.reduce((width, file) => Math.max(width, shorten(escapeControls(file)).length), 4)
  const sums = { accepted: 0, refused: 0, bytesIn: 0, bytesOut: 0 }

  function line(name: string, cells: readonly string[], result: string): string {
    const padded = columns.map(({ width, align }, index) =>
      align === 'left' ? (cells[index] ?? '').padEnd(width) : (cells[index] ?? '').padStart(width),
    )
    return `${[name.padEnd(nameWidth), ...padded, result].join('  ').trimEnd()}\n`
  }

  return {
    head: (): string =>
      line(
        'file',
        columns.map(({ head }) => head),
        'result',
      ),
    row(outcome: Outcome): string {
      if (outcome.ok) {
        sums.accepted++
        sums.bytesIn += outcome.stored.input.bytes
        sums.bytesOut += outcome.stored.bytes
      } else sums.refused++
      const [cells, result] = outcome.ok ? acceptedCells(outcome) : refusedCells(outcome)
      return line(shorten(escapeControls(outcome.file)), cells, result)
    },
    /** @param left files that were not started, because somebody called it off */
    sums: (left: number): string =>
      `\n${count(sums.accepted)} accepted (${count(sums.bytesIn)} bytes in, ${count(sums.bytesOut)} out), ` +
      `${count(sums.refused)} refused${left > 0 ? `, interrupted: ${count(left)} not started` : ''}\n`,
  }
}

function acceptedCells({ stored, ms }: Accepted): readonly [readonly string[], string] {
  const { key, width, height, bytes, input } = stored
  const turn = input.orientation > 1 ? String(input.orientation) : ''
  const before = [input.format, `${input.width}x${input.height}`, count(input.bytes), turn]
  return [[...before, `${width}x${height}`, count(bytes), count(Math.round(ms))], key]
}

function refusedCells({ code, message, ms, input }: Refused): readonly [readonly string[], string] {
  const pixels = input?.width === undefined ? '' : `${input.width}x${input.height}`
  const before = [input?.format ?? '', pixels, input ? count(input.bytes) : '']
  return [[...before, '', '', '', count(Math.round(ms))], `${code}: ${escapeControls(message)}`]
}

/** The end of a path says more than its beginning. */
function shorten(text: string): string {
  return text.length <= longestName ? text : `…${text.slice(1 - longestName)}`
}
