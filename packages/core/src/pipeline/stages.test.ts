import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter(file => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .map(file => ({ file: file.replaceAll('\\', '/'), text: readFileSync(root + file, 'utf8') }))

it('finds the sources', () => {
  expect(sources.length).toBeGreaterThan(30)
  expect(sources.map(({ file }) => file)).toEqual(
    expect.arrayContaining(['pipeline/pipeline.ts', 'formats/jpeg/jpeg-header.ts']),
  )
})

it('lets only the stages themselves say that a stage was passed', () => {
  const stages = ['admit', 'probe', 'render', 'sniff', 'verify'].map(name => `pipeline/${name}.ts`)
  const stamping = sources.filter(({ text }) => /stages\.js['"]/.test(text) && /\bpassed\b/.test(text))
  expect(stamping.map(({ file }) => file).sort()).toEqual(stages)
})

it('lets nobody cast to a stage', () => {
  const casts = sources.filter(
    ({ file, text }) =>
      file !== 'pipeline/stages.ts' && /\bas (?:Admitted|Sniffed|Probed|Rendered|Verified)\b/.test(text),
  )
  expect(casts.map(({ file }) => file)).toEqual([])
})

it('imports nothing but its own files', () => {
  const imports = sources.flatMap(({ file, text }) =>
    [...text.matchAll(/\b(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g)].map(match => `${file}: ${match[1]}`),
  )
  expect(imports.length).toBeGreaterThan(50)
  expect(imports.filter(line => !/: \.{1,2}\//.test(line))).toEqual([])
})

it('indexes the bytes of strangers in one file alone', () => {
  const readers = sources.filter(
    ({ file }) =>
      /^(?:formats|containers)\//.test(file) || ['pipeline/probe.ts', 'pipeline/verify.ts'].includes(file),
  )
  expect(readers.length).toBeGreaterThan(10)
  const indexing = readers.filter(({ text }) => /\b(?:bytes|data|file|body|buffer)\[|DataView/.test(text))
  expect(indexing.map(({ file }) => file)).toEqual([])
})
