import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const root = new URL('../../', import.meta.url)
const text = (document: string) => readFileSync(new URL(document, root), 'utf8')

/** Chapter 5 of OWASP ASVS 5.0 in whole: what may not be missing. */
const files = [
  '5.1.1',
  '5.2.1',
  '5.2.2',
  '5.2.3',
  '5.2.4',
  '5.2.5',
  '5.2.6',
  '5.3.1',
  '5.3.2',
  '5.3.3',
  '5.4.1',
  '5.4.2',
  '5.4.3',
]

/** Rows of the table: id, level, what, code, test. */
const requirements = text('docs/security.md')
  .split('\n')
  .map(line => line.split('|').map(cell => cell.trim()))
  .filter(cells => /^\d+\.\d+\.\d+$/.test(cells[1] ?? ''))

describe('the table of requirements', () => {
  it('has all of chapter 5, and each requirement once', () => {
    const ids = requirements.map(cells => cells[1])
    expect(ids).toEqual(expect.arrayContaining(files))
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.length).toBe(72)
  })

  it('names code and test, or whose it is', () => {
    const bare = requirements.filter(([, , , what = '', code = '', test = '']) => {
      const isNotHere = /application's|web server's|not here/i.test(what)
      return !isNotHere && !(code.includes('](') && /\]\([^)]*\.test\.(ts|mjs)\)/.test(test))
    })
    expect(bare.map(cells => cells[1])).toEqual([])
  })
})
