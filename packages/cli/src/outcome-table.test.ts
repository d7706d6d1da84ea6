import { expect, test } from 'vitest'
import { outcomeTable } from './outcome-table.js'
import type { Outcome } from './sanitize-file.js'

const refused = (file: string) =>
  ({
    file,
    ok: false,
    code: 'no-file',
    status: 400,
    stage: 'receive',
    message: 'There is none.',
    ms: 1,
  }) as Outcome

test('50,000 results are 50,000 lines, each made of its result alone', () => {
  const files = Array.from({ length: 50_000 }, (_, index) => `${index}.jpg`)
  const table = outcomeTable(files)
  const head = table.head()
  const lines = files.map(file => table.row(refused(file)))
  expect(lines.every(line => line.endsWith('no-file: There is none.\n'))).toBe(true)
  const column = head.indexOf('result')
  expect(new Set(lines.map(line => line.indexOf('no-file')))).toEqual(new Set([column]))
  expect(table.sums(0)).toBe('\n0 accepted (0 bytes in, 0 out), 50,000 refused\n')
})

test('the end of a long name is shown', () => {
  const table = outcomeTable([`${'a/'.repeat(40)}cat.jpg`])
  expect(table.row(refused(`${'a/'.repeat(40)}cat.jpg`))).toMatch(/^….{24}cat\.jpg {2}/)
})
