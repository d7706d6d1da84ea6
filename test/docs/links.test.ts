import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { root } from '../package/pack.js'

const markdownIn = (folder: string) =>
  readdirSync(join(root, folder))
    .filter(file => file.endsWith('.md'))
    .map(file => join(folder, file))
const packages = readdirSync(join(root, 'packages')).map(name => `packages/${name}`)
const documents = ['', 'docs', 'decisions', 'benchmarks', 'test/corpus', ...packages].flatMap(markdownIn)

/** What a name of a file in a text may be relative to: the root, a package, its sources. */
const bases = [
  '',
  'packages',
  'benchmarks',
  'test',
  ...packages.flatMap(path => [path, `${path}/src`, `${path}/assembly`]),
]

/** Not the code between fences: that is for another folder, the reader's. */
const textOf = (document: string) =>
  readFileSync(join(root, document), 'utf8').replace(/^```[\s\S]*?^```$/gm, '')

/** Where a heading can be linked to, as GitHub makes it. */
function anchorsOf(path: string): readonly string[] {
  return [...readFileSync(path, 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )
}

/** What is wrong with the links of a text that stands in this document. */
function brokenLinks(document: string, text: string): readonly string[] {
  return linksOf(text).filter(target => {
    const [path = '', anchor] = target.split('#')
    const file = path === '' ? join(root, document) : resolve(root, dirname(document), path)
    if (!existsSync(file)) return true
    return anchor !== undefined && !hasAnchor(file, anchor)
  })
}

function linksOf(text: string): readonly string[] {
  const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target)
  return targets.filter(target => !/^(?:https?|mailto):/.test(target))
}

/** A heading of a document, or a line (`#L12`) of a source. */
function hasAnchor(file: string, anchor: string): boolean {
  if (file.endsWith('.md')) return anchorsOf(file).includes(anchor)
  const [, line] = /^L(\d+)$/.exec(anchor) ?? []
  return line !== undefined && hasLine(file, Number(line))
}

function hasLine(file: string, line: number): boolean {
  return line >= 1 && line <= readFileSync(file, 'utf8').split('\n').length
}

/** Files that are named in code spans, with a folder: `pool/backoff.ts`, `pool/backoff.ts:12`. */
function missingFiles(text: string): readonly string[] {
  return namedFiles(text)
    .filter(({ path, line }) => {
      const found = bases.map(base => join(root, base, path)).filter(existsSync)
      return found.length === 0 || (line !== undefined && !found.some(file => hasLine(file, line)))
    })
    .map(({ named }) => named)
}

function namedFiles(text: string) {
  const named = text.matchAll(/`((?:[\w.-]+\/)+[\w.-]+\.(?:ts|mjs|json|md|html|svg|txt))(?::(\d+))?`/g)
  return [...named].map(([named, path = '', line]) => ({
    named,
    path,
    line: line === undefined ? undefined : Number(line),
  }))
}

test('the documents are found, with links and names of files', () => {
  expect(documents.length).toBeGreaterThan(50)
  expect(documents.flatMap(document => linksOf(textOf(document))).length).toBeGreaterThan(350)
  expect(documents.flatMap(document => namedFiles(textOf(document))).length).toBeGreaterThan(30)
})

describe.each(documents)('%s', document => {
  test('links to what exists', () => expect(brokenLinks(document, textOf(document))).toEqual([]))
  test('names files and lines that exist', () => expect(missingFiles(textOf(document))).toEqual([]))
})

test('a broken link, heading, file or line would be found', () => {
  const links = '[a](none.md) [b](notes.md#none) [c](notes.md#dropped) [d](../package.json#L999) [e](#none)'
  expect(brokenLinks('docs/notes.md', links)).toEqual([
    'none.md',
    'notes.md#none',
    '../package.json#L999',
    '#none',
  ])
  const files =
    '`core/none.ts`, `pipeline/pipeline.ts`, `pipeline/pipeline.ts:5`, `pipeline/pipeline.ts:99999`'
  expect(missingFiles(files)).toEqual(['`core/none.ts`', '`pipeline/pipeline.ts:99999`'])
})
