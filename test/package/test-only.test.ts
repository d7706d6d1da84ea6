import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const packages = fileURLToPath(new URL('../../packages', import.meta.url))

/** Packages that read what we wrote, in tests. Some files of a few bytes hang or exhaust them. */
const testOnly = ['omggif']

/** What is built and published, with its path below `packages`. */
function sources(): readonly { readonly path: string; readonly text: string }[] {
  return readdirSync(packages).flatMap(name =>
    ['src', 'harden'].flatMap(folder => {
      const root = join(packages, name, folder)
      return filesIn(root)
        .filter(path => /\.(ts|mjs)$/.test(path) && !/\.test\.ts$/.test(path))
        .map(path => ({ path: join(name, folder, path), text: readFileSync(join(root, path), 'utf8') }))
    }),
  )
}

function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}

/** Files that load one of those packages, or what a test wraps around it. */
function users(files: ReturnType<typeof sources>): readonly string[] {
  const loads = new RegExp(`['"](${testOnly.join('|')}|[./]+/test/[^'"]*)['"]`)
  return files.filter(({ text }) => loads.test(text)).map(({ path }) => path)
}

test('what reads our outputs in tests never sees an upload: no source loads it', () => {
  const files = sources()
  expect(files.length).toBeGreaterThan(200)
  expect(files.map(({ path }) => path)).toContain(join('codecs', 'src', 'formats', 'gif', 'encoder.ts'))
  expect(users(files)).toEqual([])
  const planted = [
    { path: 'a.ts', text: "import { GifReader } from 'omggif'" },
    { path: 'b.ts', text: "import { readGif } from '../../../test/read-gif.js'" },
  ]
  expect(users(planted)).toEqual(['a.ts', 'b.ts'])
})

test('nor is it installed with a package', () => {
  for (const name of readdirSync(packages)) {
    const { dependencies = {}, peerDependencies = {} } = JSON.parse(
      readFileSync(join(packages, name, 'package.json'), 'utf8'),
    )
    for (const each of testOnly) expect({ ...dependencies, ...peerDependencies }).not.toHaveProperty(each)
  }
})
