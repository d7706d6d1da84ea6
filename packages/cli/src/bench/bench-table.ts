import Table from 'cli-table3'
import { escapeControls } from '../escape-controls.js'
import { noLines } from '../no-lines.js'
import { type Measured, median } from './measure.js'

/** One picture: a line a contender, ratios to the first of the last kind, which is sharp where it is installed. */
export function benchTable(file: string, results: readonly Measured[]): string {
  const table = new Table({
    head: [escapeControls(file), 'ms', 'fastest', 'slowest', 'ratio', 'bytes out'],
    colAligns: ['left', 'right', 'right', 'right', 'right', 'right'],
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 2 },
    chars: { ...noLines, middle: '' },
  })
  const yardstick = median(results.at(-1)?.rounds ?? [])
  for (const { name, rounds, bytes, refusal } of results) {
    if (refusal !== undefined) table.push([name, '', '', '', '', escapeControls(refusal)])
    else
      table.push([
        name,
        median(rounds).toFixed(1),
        Math.min(...rounds).toFixed(1),
        Math.max(...rounds).toFixed(1),
        Number.isNaN(yardstick) ? '' : (median(rounds) / yardstick).toFixed(2),
        bytes.toLocaleString('en-US'),
      ])
  }
  return `${table.toString().replace(/ +$/gm, '')}\n`
}
