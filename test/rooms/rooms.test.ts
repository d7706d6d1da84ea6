import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import {
  betweenFormats,
  fullerThan,
  importsOf,
  longerThan,
  longestChains,
  outOfSandbox,
  type Sources,
  secondWalkers,
} from './rooms.js'

const root = fileURLToPath(new URL('../../', import.meta.url))
const files = readdirSync(join(root, 'packages')).flatMap(name =>
  readdirSync(join(root, 'packages', name), { recursive: true, encoding: 'utf8' })
    .map(file => `packages/${name}/${file.replaceAll('\\', '/')}`)
    .filter(path => /^packages\/[^/]+\/(?:src|test)\//.test(path) && path.endsWith('.ts')),
)
const isSource = (path: string) =>
  /^packages\/[^/]+\/src\//.test(path) && !/\.(?:test|fixture|d)\.ts$|\.mutant-/.test(path)
const sources: Sources = new Map(
  files.filter(isSource).map(path => [path, readFileSync(join(root, path), 'utf8')]),
)
/** The sources with one more. */
const planted = (path: string, text: string): Sources => new Map([...sources, [path, text]])

const maxChain = 12
const maxLines = 250
const maxFiles = 20
/** One row after the other: nothing to split. */
const tables = /\/(?:error-table|messages-[a-z]+)\.ts$/
const prose = () => new Map([...sources].filter(([path]) => !tables.test(path)))

test('the sources of all packages are found', () => {
  expect(sources.size).toBeGreaterThan(300)
  expect(importsOf(sources).length).toBeGreaterThan(700)
  for (const name of [
    'core',
    'sandbox',
    'codecs',
    'kernel',
    'encoder',
    'records',
    'stores',
    'adapters',
    'cli',
    'client',
  ])
    expect(
      [...sources.keys()].some(path => path.startsWith(`packages/${name}/src/`)),
      name,
    ).toBe(true)
})

describe('rooms', () => {
  test('no format imports from the folder of another', () => {
    expect(betweenFormats(sources)).toEqual([])
    const guest = "import { lzw } from '../gif/lzw.js'"
    expect(betweenFormats(planted('packages/codecs/src/formats/png/guest.ts', guest))).toHaveLength(1)
  })

  test('the sandbox imports nothing but its own files', () => {
    expect(outOfSandbox(sources)).toEqual([])
    for (const guest of [
      "import { x } from '@sluice/codecs'",
      "import { x } from '../../codecs/src/index.js'",
    ])
      expect(outOfSandbox(planted('packages/sandbox/src/guest.ts', guest))).toHaveLength(1)
  })

  test('every container is walked in one place', () => {
    expect(secondWalkers(sources)).toEqual([])
    for (const guest of ["if (tag === 'RIFF')", 'while (reader.skipTo(0xff))', 'function* pngChunks('])
      expect(secondWalkers(planted('packages/codecs/src/colour/guest.ts', guest)), guest).toHaveLength(1)
  })

  test('no chain of imports is long, and none is a circle', () => {
    const chains = longestChains(sources)
    for (const [name, chain] of chains)
      expect(chain.length, `${name}: ${chain.join(' > ')}`).toBeLessThanOrEqual(maxChain)
    const [start = ''] = chains.get('codecs') ?? []
    const above = planted(
      'packages/codecs/src/guest.ts',
      `import './${start.replace('packages/codecs/src/', '')}'`,
    )
    expect(longestChains(above).get('codecs')?.length).toBe((chains.get('codecs')?.length ?? 0) + 1)
    const circle = new Map([
      ['packages/core/src/a.ts', "import './b.js'"],
      ['packages/core/src/b.ts', "import './a.js'"],
    ])
    expect(() => longestChains(circle)).toThrow('a circle of imports')
  })

  test('no source is long but tables', () => {
    expect(longerThan(maxLines, prose())).toEqual([])
    expect(longerThan(maxLines, planted('packages/core/src/guest.ts', 'x\n'.repeat(251)))).toContain(
      'packages/core/src/guest.ts: 251 lines',
    )
  })

  test('no folder is crowded', () => {
    expect(fullerThan(maxFiles, files)).toEqual([])
    const crowd = Array.from({ length: 21 }, (_, at) => `packages/core/src/crowd/${at}.ts`)
    expect(fullerThan(maxFiles, crowd)).toEqual(['packages/core/src/crowd: 21 files'])
  })
})

test('types may point anywhere, values are what counts', () => {
  const of = (text: string) => importsOf(new Map([['packages/core/src/a.ts', text]])).map(({ to }) => to)
  expect(of("import type { A } from './b.js'\nimport { type A, type B } from './c.js'")).toEqual([])
  expect(
    of("import { type A, b } from './b.js'\nexport * from './c.js'\nimport './d.js'\nawait import('./e.js')"),
  ).toEqual([
    'packages/core/src/b.js',
    'packages/core/src/c.js',
    'packages/core/src/d.js',
    'packages/core/src/e.js',
  ])
})
