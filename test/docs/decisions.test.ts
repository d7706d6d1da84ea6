import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { root } from '../package/pack.js'
import { expectGenerated, tableOf } from './generated.js'

const folder = join(root, 'decisions')
const files = readdirSync(folder).filter(file => file !== 'README.md')
const records = files.sort().map(file => {
  const text = readFileSync(join(folder, file), 'utf8')
  const [, number = '', title = '', date = '', status = ''] =
    /^# (\d{3}): (.+)\n\nDate: (\d{4}-\d\d-\d\d)\nStatus: (accepted|replaced by \d{3})\n\n/.exec(text) ?? []
  return { file, text, number, title, date, status }
})

test('all of them are found', () => expect(records.length).toBeGreaterThan(35))

describe.each(records)('$file', ({ file, text, number }) => {
  test('is of the template: number and title, date, status, context, decision, when to revisit', () => {
    expect(number, 'its head').toBe(file.slice(0, 3))
    expect(file).toMatch(/^\d{3}-[a-z0-9-]+\.md$/)
    const chapters = [...text.matchAll(/^## (.+)$/gm)].map(([, name]) => name)
    expect(chapters).toEqual(expect.arrayContaining(['Context', 'Decision', 'When to revisit']))
  })
})

test('no number is taken twice', () => {
  expect(new Set(records.map(({ number }) => number)).size).toBe(records.length)
})

test('the index in decisions/README.md names each', async () => {
  const rows = records.map(({ file, number, title, date, status }) => [
    number,
    `[${title}](${file})`,
    date,
    status,
  ])
  await expectGenerated('decisions/README.md', 'index', tableOf(['', 'decision', 'date', 'status'], rows))
})
