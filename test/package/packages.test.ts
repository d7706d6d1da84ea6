import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { publint } from 'publint'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Packed, pack, publicPackages, root } from './pack.js'

/* What is published is tested: the tarballs of what was built. `npm run build` comes first. */

let scratch = ''
const packed: Packed[] = []

beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'sluice-pack-'))
  for (const folder of publicPackages()) packed.push(await pack(folder, scratch))
}, 300_000)
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

test('the packages are the ones that are meant to be published', () => {
  expect(packed.map(({ name }) => name).sort()).toEqual(
    [
      ...[
        'adapters',
        'cli',
        'client',
        'codecs',
        'core',
        'encoder',
        'jobs',
        'kernel',
        'records',
        'sandbox',
        'stores',
      ].map(name => `@sluice/${name}`),
      'sluice',
    ].sort(),
  )
})

test('a tarball holds what its package.json names, the licence, no test and nothing large', () => {
  for (const { name, manifest, files } of packed) {
    for (const path of pathsIn([manifest.exports, manifest.bin]).filter(path => !path.includes('*')))
      expect(files.has(path), `${name} holds ${path}`).toBe(true)
    expect(files.has('LICENSE'), `${name} holds its licence`).toBe(true)
    const odd = [...files.keys()].filter(
      path =>
        !/^(dist|src|assembly|harden)\/|^(package\.json|LICENSE|README\.md|THIRD-PARTY-NOTICES)$/.test(path),
    )
    const tests = [...files.keys()].filter(path =>
      /\.(test|bench|fixture)\.|(^|\/)(test|fixtures)\//.test(path),
    )
    expect([odd, tests], name).toEqual([[], []])
    const total = [...files.values()].reduce((sum, size) => sum + size, 0)
    expect(total, `bytes in ${name}`).toBeGreaterThan(1000)
    // The codecs of AVIF are 5 million of them, what is carried for bundlers 0.8.
    expect(total, `bytes in ${name}`).toBeLessThan(9_000_000)
  }
})

test('a package depends on versions, and says its licence and the Node that it needs', () => {
  const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  expect(engines.node).toMatch(/^>=\d+\.\d+$/)
  for (const { name, manifest } of packed) {
    expect(manifest.license, name).toBe('MIT')
    expect(manifest.engines, name).toEqual(engines)
    for (const [dependency, version] of Object.entries(manifest.dependencies ?? {}))
      expect(version, `${name} needs ${dependency}`).toMatch(/^\d+\.\d+\.\d+$/)
  }
})

test('what npm shows of a package stands in one place', () => {
  const { project } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const { shownByNpm } = createRequire(import.meta.url)('../../.pnpmfile.cjs')
  for (const { manifest, folder } of packed)
    expect(manifest).toMatchObject(shownByNpm(project, `packages/${folder}`))
  expect(shownByNpm({ repository: '', author: '' }, 'packages/core')).toEqual({})
  const page = 'https://git.example/owner/name'
  expect(shownByNpm({ repository: page, author: 'Ann' }, 'packages/core')).toEqual({
    repository: { type: 'git', url: `git+${page}.git`, directory: 'packages/core' },
    homepage: `${page}#readme`,
    bugs: `${page}/issues`,
    author: 'Ann',
  })
})

test('core depends on nothing', () => {
  expect(packed.find(({ name }) => name === '@sluice/core')?.manifest.dependencies ?? {}).toEqual({})
})

test('what carries foreign code carries its notices', () => {
  const carriers = packed.filter(({ files }) => [...files.keys()].some(path => path.endsWith('.wasm')))
  expect(carriers.map(({ name }) => name)).toContain('@sluice/codecs')
  const codecs = packed.find(({ name }) => name === '@sluice/codecs')
  expect(codecs?.files.has('THIRD-PARTY-NOTICES')).toBe(true)
})

test('what carries a module that we compiled carries what it was compiled from', () => {
  const ours = packed.filter(({ files }) =>
    [...files.keys()].some(path => /^dist\/(kernel|encoder)\.wasm$/.test(path)),
  )
  expect(ours.map(({ name }) => name).sort()).toEqual(['@sluice/encoder', '@sluice/kernel'])
  for (const { name, files } of ours) {
    expect(files.has('assembly/index.ts'), name).toBe(true)
    expect(
      [...files.keys()].filter(path => path.endsWith('.debug.wasm')),
      name,
    ).toEqual([])
  }
})

test('publint finds nothing', async () => {
  for (const { name, tarball } of packed) {
    const { buffer } = new Uint8Array(readFileSync(tarball))
    const { messages } = await publint({ pack: { tarball: buffer }, strict: true })
    expect(messages, name).toEqual([])
  }
})

test('every entry has types that fit it (attw, ESM only)', () => {
  const attw = createRequire(import.meta.url).resolve('@arethetypeswrong/cli/package.json')
  const program = join(attw, '..', 'dist/index.js')
  const withEntries = packed.filter(({ manifest }) => Object.keys(manifest.exports).length > 1)
  expect(withEntries.length).toBeGreaterThanOrEqual(4)
  for (const { name, manifest, tarball } of withEntries) {
    // A module of WebAssembly has no types.
    const untyped = Object.keys(manifest.exports).filter(path => path.endsWith('.wasm'))
    const without = untyped.length > 0 ? ['--exclude-entrypoints', ...untyped] : []
    const args = [program, tarball, '--profile', 'esm-only', '--no-emoji', ...without]
    const result = run(process.execPath, args, scratch)
    expect(result, name).toMatch(/OK \(ESM\)/)
  }
}, 300_000)

function run(program: string, args: readonly string[], cwd: string): string {
  return execFileSync(program, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
}

/** All strings in a value that are paths in the package. */
function pathsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return value.startsWith('./') ? [value.slice(2)] : []
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(pathsIn) : []
}
