import { type ErrorCode, errorTable, type Fixer, type Stage, stages } from '@sluice/core'
import { english } from '@sluice/core/messages/en'
import { expect, test } from 'vitest'
import { expectGenerated, tableOf } from './generated.js'

interface Row {
  readonly status: number
  readonly stage?: Stage
  readonly fixer: Fixer
}
const rows = Object.entries(errorTable) as [ErrorCode, Row][]

test('docs/errors.md says what the table says', async () => {
  expect(rows.length).toBeGreaterThan(50)
  const chapters = [...stages, undefined].map(stage => {
    const mine = rows.filter(([, row]) => row.stage === stage)
    expect(mine.length, stage).toBeGreaterThan(0)
    const cells = mine.map(([code, { status, fixer }]) => [
      `\`${code}\``,
      `${status}`,
      fixer,
      english.codes[code],
    ])
    const table = tableOf(['code', 'status', 'can fix it', 'what the person reads'], cells)
    return `## ${stage ?? 'any stage'}\n\n${table}`
  })
  await expectGenerated('docs/errors.md', 'errors', chapters.join('\n\n'))
})
