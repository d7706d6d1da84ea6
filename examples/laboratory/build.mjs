/*
 * Writes dist: a page that opens from a disk or from any server of files. Its scripts are ordinary ones, for a browser
 * loads no modules from a disk; the worker and the modules of WebAssembly are carried inside.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { kernelRenderer } from '@sluice/codecs'
import { definePolicy, sanitize, UploadError } from '@sluice/core'
import { icon, logo, look } from '@sluice/look'
import { memoryStore } from '@sluice/stores'
import { build } from 'esbuild'
import { placeOf, samples } from './samples/list.mjs'

const dist = new URL('dist/', import.meta.url)
/** @param {string} path */
const here = path => fileURLToPath(new URL(path, import.meta.url))

/** @type {import('esbuild').BuildOptions} */
const shared = {
  bundle: true,
  write: false,
  minify: true,
  format: 'iife',
  platform: 'browser',
  target: 'es2022',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  // Where the modules would be fetched from if they were not carried.
  logOverride: { 'empty-import-meta': 'silent', 'ignored-bare-import': 'silent' },
}

/** @param {string} entry @param {readonly import('esbuild').Plugin[]} [plugins] */
async function bundle(entry, plugins = []) {
  const { outputFiles } = await build({ ...shared, entryPoints: [here(entry)], plugins: [...plugins] })
  return (outputFiles ?? []).map(({ text }) => text).join('')
}

/** What Node makes of a sample by the default policy: the hash of the picture, or the code of the refusal. */
async function serverOf(/** @type {string} */ name, /** @type {Uint8Array} */ body) {
  try {
    const kit = { policy: definePolicy(), renderer: kernelRenderer(), store: memoryStore() }
    return { sha256: (await sanitize({ body, name }, kit)).sha256 }
  } catch (thrown) {
    if (thrown instanceof UploadError && thrown.status < 500) return { code: thrown.code }
    throw thrown
  }
}

const bundled = await Promise.all(
  samples.map(async ({ id, name, title, group, from }) => {
    const bytes = readFileSync(placeOf({ name, from }))
    return {
      bytes,
      about: { id, name, title, group, bytes: bytes.length, server: await serverOf(name, bytes) },
    }
  }),
)

/** @type {import('esbuild').Plugin} */
const carry = {
  name: 'carry',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /\?worker$/ }, ({ path, resolveDir }) => ({
      path: fileURLToPath(new URL(path.replace(/\.js\?worker$/, '.ts'), `file://${resolveDir}/`)),
      namespace: 'worker',
    }))
    // Languages of <sluice-upload>, which it loads when it needs them: the page is in English, which is always there.
    onResolve({ filter: /^\.\// }, ({ path, kind }) =>
      kind === 'dynamic-import' ? { path, external: true } : undefined,
    )
    onResolve({ filter: /^#samples$/ }, ({ path }) => ({ path, namespace: 'samples' }))
    onLoad({ filter: /./, namespace: 'worker' }, async () => ({
      contents: await bundle('src/worker/main.ts'),
      loader: 'text',
    }))
    onLoad({ filter: /./, namespace: 'samples' }, () => ({
      contents: `export const samples = ${JSON.stringify(bundled.map(({ about }) => about))}`,
    }))
  },
}

rmSync(dist, { recursive: true, force: true })
mkdirSync(dist)
/** @param {string} name @param {string} text */
const write = (name, text) => writeFileSync(new URL(name, dist), text)
const html = readFileSync(here('page/index.html'), 'utf8')
write('index.html', html.replace('{{icon}}', icon).replace('{{logo}}', logo))
write('laboratory.css', `${look}\n${readFileSync(here('page/laboratory.css'), 'utf8')}`)
write('laboratory.js', await bundle('src/main.tsx', [carry]))
const packed = Object.fromEntries(bundled.map(({ about, bytes }) => [about.id, bytes.toString('base64')]))
write('samples.js', `globalThis.laboratorySamples = ${JSON.stringify(packed)}\n`)
