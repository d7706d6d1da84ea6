/*
 * npm run sbom [-- FILE]: a CycloneDX bill of materials (1.6, JSON) of what is in the lockfile, to build/sbom.cdx.json.
 * What is published, or compiled into what is published, is `required`; the rest serves tests and the build: `excluded`.
 */
import { randomUUID } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { root } from './pnpm.mjs'

/** @param {string} path */
const read = path => readFileSync(join(root, path), 'utf8')

/**
 * @typedef {Record<string, { version: string }>} Dependencies
 * @typedef {{ dependencies?: Dependencies, devDependencies?: Dependencies, optionalDependencies?: Dependencies }} Importer
 * @typedef {{ dependencies?: Record<string, string>, optionalDependencies?: Record<string, string> }} Snapshot
 * @typedef {{ importers: Record<string, Importer>, packages: Record<string, { resolution: { integrity?: string } }>, snapshots: Record<string, Snapshot> }} Lockfile
 */

/** Name and version of a key such as `@a/b@1.0.0(peer@2.0.0)`; an alias is under its real name. @param {string} key */
const bare = key => key.replace(/\(.*/, '')
/** @param {string} name @param {string} version */
const keyOf = (name, version) => (/^@?[^@(]+@/.test(version) ? version : `${name}@${version}`)

/** Everything that is needed by these, themselves included. @param {readonly string[]} keys @param {Lockfile} lockfile */
function closure(keys, { snapshots }) {
  const seen = new Set(keys)
  for (const key of seen) for (const needed of neededBy(snapshots[key])) seen.add(needed)
  return new Set([...seen].map(bare))
}

/** @param {Snapshot | undefined} snapshot */
const neededBy = ({ dependencies = {}, optionalDependencies = {} } = {}) =>
  Object.entries({ ...dependencies, ...optionalDependencies }).map(([name, version]) => keyOf(name, version))

/**
 * What a package carries of others, by its folder: codecs that were hardened, and what the sources import without declaring it,
 * which the bundler takes in. Of those nothing comes along that they depend on.
 * @param {Lockfile} lockfile
 * @returns {Record<string, string[]>}
 */
export function takenIn({ importers }) {
  const codecs = Object.values(/** @type {Record<string, { from: string }>} */ (JSON.parse(read(manifest))))
  return Object.fromEntries(
    ourPackages(importers).map(([path, { devDependencies = {} }]) => {
      const sources = sourcesOf(path)
      const isTaken = (/** @type {string} */ name) =>
        (path === 'packages/codecs' && codecs.some(({ from }) => from.startsWith(`${name}/`))) ||
        new RegExp(`from '${name}['/]`).test(sources)
      return [
        path,
        othersOf(path, devDependencies)
          .filter(([name]) => isTaken(name))
          .map(toKey),
      ]
    }),
  )
}

/** What is published needs of those who install it. @param {Lockfile} lockfile */
const declaredIn = ({ importers }) =>
  ourPackages(importers).flatMap(([path, { dependencies = {} }]) => othersOf(path, dependencies).map(toKey))

/** @param {Record<string, Importer>} importers */
const ourPackages = importers => Object.entries(importers).filter(([path]) => path.startsWith('packages/'))

/**
 * Neither a package of the workspace, which is taken in as it stands and is no component of somebody else, nor what those bring who
 * use it: the lockfile lists those that are found here among the dependencies.
 * @param {string} path @param {Dependencies} dependencies
 */
function othersOf(path, dependencies) {
  const { peerDependencies = {} } = JSON.parse(read(join(path, 'package.json')))
  return Object.entries(dependencies).filter(
    ([name, { version }]) => !version.startsWith('link:') && !Object.hasOwn(peerDependencies, name),
  )
}

/** @param {[string, { version: string }]} dependency */
const toKey = ([name, { version }]) => keyOf(name, version)

const manifest = 'packages/codecs/harden/manifest.json'

/** @param {string} path of a package: the text of its sources without tests */
const sourcesOf = path =>
  readdirSync(join(root, path, 'src'), { recursive: true, encoding: 'utf8' })
    .filter(file => /\.m?[jt]s$/.test(file) && !/\.(test|d)\.ts$/.test(file))
    .map(file => read(join(path, 'src', file)))
    .join('\n')

/** @param {string} key @param {string | undefined} integrity @param {boolean} isRequired */
function component(key, integrity, isRequired) {
  const at = key.lastIndexOf('@')
  const [name, version] = [key.slice(0, at), key.slice(at + 1)]
  const [, algorithm = '', digest = ''] = /^(sha\d+)-(.+)$/.exec(integrity ?? '') ?? []
  const content = Buffer.from(digest, 'base64').toString('hex')
  return {
    type: 'library',
    'bom-ref': key,
    name,
    version,
    purl: `pkg:npm/${name.replace('@', '%40')}@${version}`,
    scope: isRequired ? 'required' : 'excluded',
    ...(content === '' ? {} : { hashes: [{ alg: algorithm.replace('sha', 'SHA-'), content }] }),
  }
}

/** The whole document. @param {Lockfile} lockfile */
export function makeBom(lockfile) {
  const declared = declaredIn(lockfile)
  const compiledIn = Object.values(takenIn(lockfile)).flat()
  const required = new Set([...closure(declared, lockfile), ...compiledIn.map(bare)])
  const own = readdirSync(join(root, 'packages')).map(folder =>
    JSON.parse(read(`packages/${folder}/package.json`)),
  )
  /** @type {Map<string, Set<string>>} */
  const edges = new Map()
  for (const [key, snapshot] of Object.entries(lockfile.snapshots)) {
    const known = edges.get(bare(key)) ?? new Set()
    for (const needed of neededBy(snapshot)) known.add(bare(needed))
    edges.set(bare(key), known)
  }
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${randomUUID()}`,
    version: 1,
    metadata: {
      timestamp: new Date().toISOString(),
      component: {
        type: 'library',
        'bom-ref': 'sluice',
        name: 'sluice',
        components: own.map(({ name, version, license }) => ({
          type: 'library',
          'bom-ref': `${name}@${version}`,
          name,
          version,
          licenses: [{ license: { id: license } }],
        })),
      },
    },
    components: Object.entries(lockfile.packages).map(([key, { resolution }]) =>
      component(key, resolution.integrity, required.has(key)),
    ),
    dependencies: [
      { ref: 'sluice', dependsOn: [...new Set([...declared, ...compiledIn].map(bare))] },
      ...[...edges].map(([ref, dependsOn]) => ({ ref, dependsOn: [...dependsOn] })),
    ],
  }
}

/** @returns {Lockfile} */
export const readLockfile = () => parse(read('pnpm-lock.yaml'))

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const file = resolve(process.argv[2] ?? join(root, 'build/sbom.cdx.json'))
  const bom = makeBom(readLockfile())
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `${JSON.stringify(bom, null, 2)}\n`)
  const required = bom.components.filter(({ scope }) => scope === 'required').length
  console.log(`${file}: ${bom.components.length} components, ${required} of them in what is published`)
}
