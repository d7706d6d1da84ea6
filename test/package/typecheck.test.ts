import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse } from 'yaml'

const root = new URL('../../', import.meta.url)
const read = (path: string) => readFileSync(new URL(path, root), 'utf8')

/** What `pnpm -r run typecheck` passes over, each with the reason. */
const unchecked: Readonly<Record<string, string>> = {
  'benchmarks/rivals': 'packages of others, installed for a measurement alone',
  'examples/blog': 'plain JavaScript, as an application would be written that nobody compiles',
  'test/runtimes': 'plain scripts for six runtimes, of which each has globals of its own',
}

function workspace(): readonly string[] {
  const { packages } = parse(read('pnpm-workspace.yaml')) as { packages: readonly string[] }
  return packages.flatMap(pattern => {
    if (!pattern.endsWith('/*')) return [pattern]
    const folder = pattern.slice(0, -2)
    return readdirSync(new URL(folder, root)).map(name => `${folder}/${name}`)
  })
}

test('every package of the workspace is type-checked, but those named here', () => {
  const folders = workspace().filter(folder => existsSync(new URL(`${folder}/package.json`, root)))
  expect(folders).toContain('packages/core')
  const without = folders.filter(folder => !JSON.parse(read(`${folder}/package.json`)).scripts?.typecheck)
  expect(without.sort()).toEqual(Object.keys(unchecked).sort())
  expect(JSON.parse(read('package.json')).scripts.typecheck).toBe('pnpm -r run typecheck && tsc -p scripts')
})
