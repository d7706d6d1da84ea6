import { readdirSync, readFileSync } from 'node:fs'

const packages = new URL('../../', import.meta.url)

/** What applications use directly: its subpaths are those of `sluice` itself. */
const atTheRoot = ['core', 'adapters']

/**
 * What is exported and cannot be handed on: manifests, and modules of WebAssembly, which are files and not
 * code (`sluice/kernel/node` loads one).
 */
const isNoCode = /\.(json|wasm)$/

/**
 * Every public subpath of our packages under the one name: `@sluice/core` is `sluice`, `@sluice/adapters/hono`
 * is `sluice/hono`, `@sluice/stores/s3` is `sluice/stores/s3`.
 * @returns {ReadonlyMap<string, string>} names behind `sluice/`, `index` for the bare one, to what they hand on
 * @throws {Error} where two packages claim one name
 */
export function names() {
  /** @type {Map<string, string>} */
  const found = new Map()
  for (const { name, target } of modules()) {
    if (found.has(name)) throw new Error(`sluice/${name} would be ${found.get(name)} and ${target}`)
    found.set(name, target)
  }
  return found
}

/** Names of modules that are imported for what they do: a bundler must not leave them out. */
export function effects() {
  return modules()
    .filter(
      ({ file, manifest }) => Array.isArray(manifest.sideEffects) && manifest.sideEffects.includes(file),
    )
    .map(({ name }) => name)
}

function modules() {
  return published().flatMap(({ folder, manifest }) =>
    Object.entries(manifest.exports)
      .filter(([subpath]) => !isNoCode.test(subpath))
      .map(([subpath, conditions]) => {
        const inside = subpath.slice(2)
        const parts = atTheRoot.includes(folder) ? [inside] : [folder, inside]
        const name = parts.filter(Boolean).join('/') || 'index'
        return {
          name,
          target: [manifest.name, inside].filter(Boolean).join('/'),
          file: conditions.default,
          manifest,
        }
      }),
  )
}

/**
 * The commands of our packages. A program is no export: it is found beside its package's manifest.
 * @returns {ReadonlyMap<string, { manifest: string, file: string }>} by name
 */
export function commands() {
  return new Map(
    published().flatMap(({ manifest }) =>
      Object.entries(/** @type {Record<string, string>} */ (manifest.bin ?? {})).map(([name, file]) => [
        name,
        { manifest: `${manifest.name}/package.json`, file },
      ]),
    ),
  )
}

function published() {
  return readdirSync(packages)
    .filter(folder => folder !== 'sluice')
    .map(folder => {
      const text = readFileSync(new URL(`${folder}/package.json`, packages), 'utf8')
      return { folder, manifest: JSON.parse(text) }
    })
    .filter(({ manifest }) => !manifest.private)
}
