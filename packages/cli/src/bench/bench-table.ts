import type { Cell } from 'cli-table3'
import { escapeControls } from '../escape-controls.js'
import { plainTable } from '../plain-table.js'
import { type Measured, median } from './measure.js'

const columnNames = ['ms', 'fastest', 'slowest', 'ratio', 'bytes out']

/**
 * One picture: a line a contender, ratios to the first of the last kind, which is sharp where it is
 * installed.
 */
export function benchTable(file: string, results: readonly Measured[]): string {
  const yardstick = median(results.at(-1)?.rounds ?? [])
  const columns = columnNames.map(head => ({ head, align: 'right' as const }))
  const rows = results.map(result => [result.name, ...cellsOf(result, yardstick)])
  return `${plainTable([{ head: escapeControls(file), align: 'left' }, ...columns], rows)}\n`
}

function cellsOf({ rounds, bytes, refusal }: Measured, yardstick: number): Cell[] {
  if (refusal !== undefined) return ['', '', '', '', escapeControls(refusal)]
  return [
    median(rounds).toFixed(1),
    Math.min(...rounds).toFixed(1),
    Math.max(...rounds).toFixed(1),
    Number.isNaN(yardstick) ? '' : (median(rounds) / yardstick).toFixed(2),
    bytes.toLocaleString('en-US'),
  ]
}
