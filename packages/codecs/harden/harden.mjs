#!/usr/bin/env node
// Takes the pinned codecs out of node_modules and writes hardened ones into dist/wasm: metered, with memory
// from outside, with nothing imported that the list in modules.mjs does not name. The manifest holds the
// SHA-256 of what went in and what came out: a dependency that changed, or a rule here that did, fails the
// build until a person has looked at it and run this with --update.
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { harden, hardenOurs } from '@sluice/sandbox/harden'
import { MODULES, OURS } from './modules.mjs'

/**
 * What the manifest says of a module: the hashes are SHA-256.
 * @typedef {{ from: string, metered: boolean, source: string, glue?: string, hardened: string }} Line
 */

/** @typedef {{ name: string, bytes: Uint8Array, line: Line }} Hardened */

const resolve = createRequire(import.meta.url).resolve

/** @param {string} name relative to this file */
function here(name) {
  return fileURLToPath(new URL(name, import.meta.url))
}

/** @param {Uint8Array} bytes */
function sha256(bytes) {
  return createHash('sha256').update(bytes).digest('hex')
}

/** Every module of the table, hardened. @returns {Hardened[]} */
export function hardenAll() {
  return Object.entries(MODULES).map(([name, rules]) => {
    const source = readFileSync(resolve(rules.source))
    const glue = rules.glue === undefined ? undefined : readFileSync(resolve(rules.glue))
    const bytes = harden(source, { ...rules, glue: glue?.toString('latin1') })
    if (!WebAssembly.validate(bytes)) throw new Error(`${name}: the hardened module is not valid`)
    const hashes = { source: sha256(source), ...(glue && { glue: sha256(glue) }), hardened: sha256(bytes) }
    return { name, bytes, line: { from: rules.source, metered: rules.metered, ...hashes } }
  })
}

/**
 * What differs from the manifest, in words.
 * @param {readonly Hardened[]} built
 * @param {Readonly<Record<string, Readonly<Record<string, string | boolean>>>>} manifest
 */
export function differences(built, manifest) {
  return built.flatMap(({ name, line }) =>
    Object.entries(line)
      .filter(([key, value]) => manifest[name]?.[key] !== value)
      .map(([key, value]) => `${name}: ${key} is ${value}, the manifest says ${manifest[name]?.[key]}`),
  )
}

function main() {
  const built = hardenAll()
  if (process.argv.includes('--update')) {
    const manifest = Object.fromEntries(built.map(({ name, line }) => [name, line]))
    writeFileSync(here('manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`)
  }
  const changed = differences(built, JSON.parse(readFileSync(here('manifest.json'), 'utf8')))
  if (changed.length) {
    console.error(`The codecs are not the ones that were reviewed:\n  ${changed.join('\n  ')}`)
    console.error('After reviewing the change: node harden/harden.mjs --update')
    process.exit(1)
  }
  // Chunks of an earlier build would be published too.
  rmSync(here('../dist'), { recursive: true, force: true })
  mkdirSync(here('../dist/wasm'), { recursive: true })
  for (const [name, exports] of Object.entries(OURS)) {
    const source = readFileSync(resolve(`@sluice/${name}/${name}.wasm`))
    writeFileSync(here(`../dist/wasm/${name}.wasm`), hardenOurs(source, exports))
  }
  for (const { name, bytes } of built) writeFileSync(here(`../dist/wasm/${name}.wasm`), bytes)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main()
