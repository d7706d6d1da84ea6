import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { commands, effects, names } from '../../packages/sluice/src/names.mjs'
import { publicPackages, root } from './pack.js'

/* What `npm run pack` makes, installed into an empty folder as the documentation says. */

let home = ''
let said = ''
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'sluice-installed-'))
  said = run('npm', ['run', '--silent', 'pack'], root)
  writeFileSync(join(home, 'package.json'), '{ "name": "empty", "private": true, "type": "module" }')
  const tarballs = readdirSync(join(root, 'build/tarballs')).map(file => join(root, 'build/tarballs', file))
  // Of the frameworks that an application brings, Nest is the one that is imported.
  const nest = ['@nestjs/common@12.5.1', 'reflect-metadata@0.2.2', 'rxjs@7.8.2']
  run('npm', ['install', '--no-audit', '--no-fund', ...tarballs, ...nest], home)
}, 300_000)
afterAll(() => rmSync(home, { recursive: true, force: true }), 60_000)

function run(program: string, args: readonly string[], cwd: string): string {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, encoding: 'utf8' })
  if (status !== 0) throw new Error(`${program} ended with ${status}: ${stdout}${stderr}`)
  return stdout
}

/** `sluice/index` is written `sluice`. */
const specifiers = () => [...names().keys()].map(name => (name === 'index' ? 'sluice' : `sluice/${name}`))

test('pack names a tarball for each package', () => {
  expect(said.trim().split('\n')).toHaveLength(publicPackages().length)
  expect(said).toMatch(/^build\/tarballs\/sluice-\d+\.\d+\.\d+\.tgz$/m)
})

test('the command runs', () => {
  cpSync(join(root, 'fixtures/files/photos/valley.jpg'), join(home, 'photo.jpg'))
  const line = run('npx', ['--no-install', 'sluice', 'sanitize', '--json', 'photo.jpg'], home)
  expect(JSON.parse(line)).toMatchObject({ ok: true, width: 1600, height: 1200 })
}, 120_000)

describe('one name', () => {
  const manifest = JSON.parse(readFileSync(join(root, 'packages/sluice/package.json'), 'utf8'))

  test('stands for every public subpath of every package', () => {
    const subpaths = publicPackages()
      .filter(folder => folder !== 'sluice')
      .flatMap(folder => {
        const { name, exports } = JSON.parse(
          readFileSync(join(root, 'packages', folder, 'package.json'), 'utf8'),
        )
        return Object.keys(exports)
          .filter(path => !/\.(json|wasm)$/.test(path))
          .map(path => (name + path.slice(1)).replace(/\/$/, ''))
      })
    expect(subpaths.length).toBeGreaterThan(25)
    expect([...names().values()].sort()).toEqual(subpaths.sort())
  })

  test('is documented, each of them', () => {
    const readme = readFileSync(join(root, 'packages/sluice/README.md'), 'utf8')
    const said = [...readme.matchAll(/^\| `.*$/gm)].flatMap(([row]) => {
      const [cell = ''] = row.slice(2).split(' |')
      return [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name)
    })
    // `sluice/stores/fs`, `s3`: a bare name stands beside the one before it.
    let folder = ''
    const whole = said.map(name => {
      if (/^sluice\b/.test(name)) folder = name.split('/').slice(0, -1).join('/')
      return /^sluice\b/.test(name) ? name : `${folder}/${name}`
    })
    expect(whole.sort()).toEqual(specifiers().sort())
  })

  test('gives what the packages give, one and the same', () => {
    const script = join(home, 'every-name.js')
    const pairs = [...names()].map(([name, target]) => [
      name === 'index' ? 'sluice' : `sluice/${name}`,
      target,
    ])
    writeFileSync(
      script,
      `for (const [name, target] of ${JSON.stringify(pairs)}) {
  const [ours, theirs] = await Promise.all([import(name), import(target)])
  for (const key of Object.keys(theirs))
    if (ours[key] !== theirs[key]) throw new Error(name + ' has no ' + key)
  console.log(name, Object.keys(ours).length)
}`,
    )
    const lines = run(process.execPath, [script], home).trim().split('\n')
    expect(lines).toHaveLength(names().size)
    const without = lines.filter(line => line.endsWith(' 0'))
    expect(without).toEqual(['sluice/codecs/inline 0'])
  })

  test.each(['nodenext', 'bundler'])(
    'has types: %s',
    resolution => {
      const imports = specifiers().map((name, at) => `import * as m${at} from '${name}'`)
      const exported = specifiers()
        .map((name, at) => ({ name, type: `keyof typeof m${at} extends never ? 0 : 1` }))
        .filter(({ name }) => !effects().some(each => name === `sluice/${each}`))
        .map(({ type }) => type)
      writeFileSync(
        join(home, 'types.mts'),
        `${imports.join('\n')}
import { imageUpload, type UploadOptions } from 'sluice/express'
import { definePolicy } from 'sluice'
export const all: [${exported.join(', ')}] = [${exported.map(() => 1).join(', ')}]
const options: UploadOptions<never> = { store: './uploads', public: true, policy: definePolicy() }
// @ts-expect-error a policy is no number
const wrong: UploadOptions<never> = { store: './uploads', public: true, policy: 1 }
export default [imageUpload(options), wrong]`,
      )
      const compilerOptions = {
        module: resolution === 'bundler' ? 'esnext' : 'nodenext',
        moduleResolution: resolution,
        lib: ['es2023', 'dom'],
        types: [],
        strict: true,
        skipLibCheck: true,
        noEmit: true,
      }
      writeFileSync(join(home, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['types.mts'] }))
      const tsc = join(createRequire(import.meta.url).resolve('typescript/package.json'), '..', 'bin/tsc')
      run(process.execPath, [tsc, '-p', home], home)
    },
    120_000,
  )

  test('is left out of a bundle where it is not used, but what is imported for what it does', () => {
    expect(effects()).toEqual(['client/element', 'codecs/inline'])
    expect(manifest.sideEffects).toEqual(effects().map(name => `./dist/${name}.js`))
  })

  test('brings the commands and the peers of the packages along', () => {
    expect(Object.keys(manifest.bin).sort()).toEqual([...commands().keys()].sort())
    const peers = publicPackages().flatMap(folder =>
      Object.entries(
        JSON.parse(readFileSync(join(root, 'packages', folder, 'package.json'), 'utf8')).peerDependencies ??
          {},
      ),
    )
    expect(peers.length).toBeGreaterThan(3)
    for (const [name, version] of peers)
      expect([name, manifest.peerDependencies[name]]).toEqual([name, version])
  })
})
