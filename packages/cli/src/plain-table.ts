import Table, { type Cell } from 'cli-table3'

interface Column {
  readonly head: string
  readonly align: 'left' | 'right'
}

/** A table without rules, two blanks between its columns: what a person copies into a message. */
export function plainTable(columns: readonly Column[], rows: readonly Cell[][]): string {
  const table = new Table({
    head: columns.map(({ head }) => head),
    colAligns: columns.map(({ align }) => align),
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 2 },
    chars: { ...noRules, middle: '' },
  })
  table.push(...rows)
  return table.toString().replace(/ +$/gm, '')
}

const noRules = Object.fromEntries(
  ['top', 'bottom', 'left', 'mid', 'right'].flatMap(side =>
    ['', '-mid', '-left', '-right'].map(end => [side + end, '']),
  ),
)
