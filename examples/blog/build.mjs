/* What pages load, into dist: the browser's half with `<sluice-upload>`, and two style sheets. */
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { look } from '@sluice/look'
import { build } from 'esbuild'

const at = path => fileURLToPath(new URL(path, import.meta.url))

rmSync(at('dist'), { recursive: true, force: true })
mkdirSync(at('dist'))
writeFileSync(at('dist/look.css'), look)
cpSync(at('browser/blog.css'), at('dist/blog.css'))
// Languages are chunks of their own, so that a reader loads one.
await build({
  entryPoints: [at('browser/blog.js')],
  bundle: true,
  splitting: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  outdir: at('dist'),
  chunkNames: '[name]-[hash]',
  logLevel: 'error',
})
