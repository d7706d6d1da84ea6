// What `@sluice/codecs/inline` carries, as a plugin of esbuild: `?packed` makes a string of a module, `?worker` the
// code of a worker of a module of ours.
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

const src = fileURLToPath(new URL('../src/', import.meta.url))

/** @typedef {NonNullable<import('tsup').Options['esbuildPlugins']>[number]} Plugin */

/** @type {Plugin} */
export const carry = {
  name: 'carry',
  setup({ onResolve, onLoad, esbuild }) {
    onResolve({ filter: /\?(packed|worker)$/ }, ({ path, resolveDir }) => {
      const [file = '', namespace = ''] = path.split('?')
      return { path: join(resolveDir, file), namespace }
    })
    onLoad({ filter: /./, namespace: 'packed' }, async ({ path }) => ({
      contents: gzipSync(await readFile(path), { level: 9 }).toString('base64'),
      loader: 'text',
    }))
    onLoad({ filter: /./, namespace: 'worker' }, async ({ path }) => ({
      contents: await workerCode(esbuild, path),
      loader: 'text',
    }))
  },
}

/** CommonJS: that is what `new Worker(code, { eval: true })` takes on every version. */
async function workerCode(
  /** @type {Parameters<Plugin['setup']>[0]['esbuild']} */ { build },
  /** @type {string} */ entry,
) {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    minify: true,
    format: 'cjs',
    platform: 'node',
    target: 'es2022',
    absWorkingDir: dirname(src),
    plugins: [ownEntries],
    // That of files is left out: nothing uses it here.
    logOverride: { 'empty-import-meta': 'silent' },
  })
  return outputFiles.map(({ text }) => text).join('')
}

/**
 * A worker whose code was carried gets its modules from the thread that starts it.
 * @type {Plugin}
 */
const ownEntries = {
  name: 'own-entries',
  setup({ onResolve }) {
    onResolve({ filter: /^#modules$/ }, () => ({ path: join(src, 'inline/received.ts') }))
    onResolve({ filter: /^#threads$/ }, () => ({ path: join(src, 'pool/runtime/process.ts') }))
  },
}
