import Table, { type Cell } from 'cli-table3'
import { escapeControls } from './escape-controls.js'
import type { Accepted, Outcome, Refused } from './sanitize-file.js'
import type { Output } from './terminal.js'

const rightAligned = ['left', 'left', 'right', 'right', 'right', 'left', 'right', 'right', 'right'] as const

/** What came in and what became of it, a line a file, and a line of sums. */
export function outcomeTable(outcomes: readonly Outcome[], { isTTY, columns = 80 }: Output): string {
  const wide = !isTTY || columns >= 150
  const table = new Table({
    head: ['file', 'is', 'pixels', 'bytes', 'turn', 'became', 'pixels', 'bytes', 'ms'],
    colAligns: [...rightAligned],
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 1 },
    chars: borderless,
  })
  for (const outcome of outcomes)
    table.push([...inputCells(outcome), ...(outcome.ok ? outputCells(outcome, wide) : refusalCells(outcome))])
  return `${trimLines(table.toString())}\n\n${sumUp(outcomes)}\n`
}

const borderless = Object.fromEntries(
  ['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right', 'left',
    'left-mid', 'mid', 'mid-mid', 'right', 'right-mid'].map(name => [name, '']),
) // prettier-ignore

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

function outputCells({ stored, ms }: Accepted, wide: boolean): Cell[] {
  const { key, width, height, bytes } = stored
  return [wide ? key : shortenKey(key), pixels(width, height), count(bytes), Math.round(ms)]
}

function refusalCells({ code, message, ms }: Refused): Cell[] {
  return [{ content: `${code}: ${escapeControls(message)}`, colSpan: 3 }, Math.round(ms)]
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

function shortenKey(key: string): string {
  return `${key.slice(0, 13)}…${key.slice(-9)}`
}

function trimLines(text: string): string {
  return text.replace(/ +$/gm, '')
}
