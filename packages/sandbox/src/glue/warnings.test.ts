import { expect, it } from 'vitest'
import { warnings } from './warnings.js'

const bytes = (text: string) => new TextEncoder().encode(text)

it('collects lines that come in pieces', () => {
  const { lines, write } = warnings()
  write(bytes('Premature end'))
  write(bytes(' of JPEG file\nCorrupt'))
  expect(lines).toEqual(['Premature end of JPEG file'])
})

it('keeps 16 lines of 200 characters, however much is printed', () => {
  const { lines, write } = warnings()
  for (let i = 0; i < 1000; i++) write(bytes('x'.repeat(150)))
  write(bytes('\n'))
  for (let i = 0; i < 1000; i++) write(bytes(`${i}\n`))
  expect(lines.length).toBe(16)
  expect(lines[0]?.length).toBe(200)
  expect(lines[15]).toBe('14')
})

it('keeps control characters out of logs', () => {
  const { lines, write } = warnings()
  write(bytes('a\u001b[31mb\r\n'))
  expect(lines).toEqual(['a?[31mb?'])
})
