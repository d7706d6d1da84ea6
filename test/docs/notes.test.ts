import { readFileSync } from 'node:fs'
import { noteTable } from '@sluice/core'
import { expect, test } from 'vitest'

test('docs/notes.md lists every code once, and no other', () => {
  const text = readFileSync(new URL('../../docs/notes.md', import.meta.url), 'utf8')
  const listed = Array.from(text.matchAll(/^\| `([a-z-]+)` \|/gm), ([, code]) => code)
  expect(listed.sort()).toEqual(Object.keys(noteTable).sort())
})
