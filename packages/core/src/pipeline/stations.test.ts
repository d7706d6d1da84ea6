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

it('lets only the stations themselves say that a station was passed', () => {
  const stations = ['admit', 'probe', 'render', 'sniff', 'verify'].map(name => `pipeline/${name}.ts`)
  const stamping = sources.filter(({ text }) => /stations\.js['"]/.test(text) && /\bpassed\b/.test(text))
  expect(stamping.map(({ file }) => file).sort()).toEqual(stations)
})

it('lets nobody cast to a station', () => {
  const casts = sources.filter(
    ({ file, text }) =>
      file !== 'pipeline/stations.ts' && /\bas (?:Admitted|Sniffed|Probed|Rendered|Verified)\b/.test(text),
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
