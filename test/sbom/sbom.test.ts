import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Spec, Validation } from '@cyclonedx/cyclonedx-library'
import { expect, test } from 'vitest'
import { root } from '../../scripts/pnpm.mjs'
import { makeBom, readLockfile, takenIn } from '../../scripts/sbom.mjs'

const lockfile = readLockfile()
const bom = makeBom(lockfile)
const scopesOf = (name: string) =>
  bom.components.filter(component => component.name === name).map(({ scope }) => scope)

test('is valid CycloneDX 1.6', async () => {
  const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot6)
  expect(await validator.validate(JSON.stringify(bom))).toBeNull()
  // The validator is not asleep.
  expect(await validator.validate(JSON.stringify({ ...bom, bomFormat: 'other' }))).not.toBeNull()
})

test('has every package of the lockfile once, with version and hash', () => {
  expect(bom.components.map(component => component['bom-ref']).sort()).toEqual(
    Object.keys(lockfile.packages).sort(),
  )
  const incomplete = bom.components.filter(
    ({ purl, hashes }) => !/^pkg:npm\/(?:%40[^/]+\/)?[^/@]+@\d/.test(purl) || hashes?.[0]?.alg !== 'SHA-512',
  )
  expect(incomplete).toEqual([])
})

test('tells what is shipped from what only builds and tests', () => {
  // Hardened or bundled into @sluice/codecs; dependencies; a dependency of one.
  for (const name of ['@jsquash/webp', 'lcms-wasm', 'commander', 'gifenc', 'exifr', '@remix-run/headers'])
    expect(scopesOf(name), name).toContain('required')
  for (const name of ['vitest', 'sharp', 'tape', 'hono', '@biomejs/biome'])
    expect([...new Set(scopesOf(name))], name).toEqual(['excluded'])
})

test('what is taken in is named in the notices of the package that carries it, with its version', () => {
  const carriers = Object.entries(takenIn(lockfile)).filter(([, keys]) => keys.length > 0)
  expect(Object.fromEntries(carriers)).toMatchObject({
    'packages/adapters': ['content-disposition@2.0.1'],
    'packages/codecs': expect.arrayContaining(['gifenc@1.0.3']),
  })
  for (const [folder, keys] of carriers) {
    const notices = readFileSync(join(root, folder, 'THIRD-PARTY-NOTICES'), 'utf8')
    for (const key of keys) expect(notices).toContain(key.replace(/(?<=.)@/, ' '))
  }
})

test('every module that was hardened is named in the notices', () => {
  const folder = join(root, 'packages/codecs')
  const notices = readFileSync(join(folder, 'THIRD-PARTY-NOTICES'), 'utf8')
  const modules = Object.keys(JSON.parse(readFileSync(join(folder, 'harden/manifest.json'), 'utf8')))
  expect(modules).toContain('oxipng')
  for (const name of modules) expect(notices).toContain(`${name}.wasm`)
})

test('every dependency is a component', () => {
  const refs = new Set(bom.components.map(component => component['bom-ref']))
  const missing = bom.dependencies.flatMap(({ dependsOn }) => dependsOn.filter(ref => !refs.has(ref)))
  expect(missing).toEqual([])
})
