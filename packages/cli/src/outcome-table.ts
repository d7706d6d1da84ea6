import type { Cell } from 'cli-table3'
import { escapeControls } from './escape-controls.js'
import { plainTable } from './plain-table.js'
import type { Accepted, Outcome, Refused } from './sanitize-file.js'

const columnNames = ['file', 'is', 'pixels', 'bytes', 'turn', 'pixels', 'bytes', 'ms', 'became'] as const

/** What came in and what became of it, a line a file, and a line of sums. */
export function outcomeTable(outcomes: readonly Outcome[]): string {
  const columns = columnNames.map(head => ({ head, align: alignOf(head) }))
  const rows = outcomes.map(outcome => [
    ...inputCells(outcome),
    ...(outcome.ok ? outputCells(outcome) : refusalCells(outcome)),
  ])
  return `${plainTable(columns, rows)}\n\n${sumUp(outcomes)}\n`
}

function alignOf(column: string): 'left' | 'right' {
  return ['file', 'is', 'became'].includes(column) ? 'left' : 'right'
}

function inputCells(outcome: Outcome): Cell[] {
  const input = outcome.ok ? outcome.stored.input : outcome.input
  const turn = outcome.ok && outcome.stored.input.orientation > 1 ? outcome.stored.input.orientation : ''
  return [
    shorten(escapeControls(outcome.file), 32),
    input?.format ?? '',
    pixels(input?.width, input?.height),
    count(input?.bytes),
    turn,
  ]
}

function outputCells({ stored, ms }: Accepted): Cell[] {
  const { key, width, height, bytes } = stored
  return [pixels(width, height), count(bytes), Math.round(ms), key]
}

function refusalCells({ code, message, ms }: Refused): Cell[] {
  return ['', '', Math.round(ms), `${code}: ${escapeControls(message)}`]
}

function sumUp(outcomes: readonly Outcome[]): string {
  const accepted = outcomes.filter(outcome => outcome.ok)
  const bytesIn = accepted.reduce((sum, { stored }) => sum + stored.input.bytes, 0)
  const bytesOut = accepted.reduce((sum, { stored }) => sum + stored.bytes, 0)
  const refused = outcomes.length - accepted.length
  return `${accepted.length} accepted (${count(bytesIn)} bytes in, ${count(bytesOut)} out), ${refused} refused`
}

function pixels(width?: number, height?: number): string {
  return width === undefined ? '' : `${width}x${height}`
}

function count(bytes?: number): string {
  return bytes?.toLocaleString('en-US') ?? ''
}

/** The end of a path says more than its beginning. */
function shorten(text: string, length: number): string {
  return text.length <= length ? text : `…${text.slice(1 - length)}`
}
