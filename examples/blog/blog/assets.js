import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import express from 'express'

const pathOf = relative => fileURLToPath(new URL(relative, import.meta.url))

/**
 * What pages load, from memory: two style sheets, and the browser's half with `<sluice-upload>`, bundled at the start.
 * Languages are chunks of their own, so that a reader loads one.
 */
export async function assets() {
  const { outputFiles } = await build({
    entryPoints: [pathOf('../browser/blog.js')],
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    outdir: '/assets',
    chunkNames: '[name]-[hash]',
    write: false,
  })
  const files = new Map(outputFiles.map(({ path, contents }) => [path.split(/[\\/]/).at(-1), contents]))
  for (const name of ['look.css', 'blog.css']) files.set(name, readFileSync(pathOf(`../public/${name}`)))

  const router = express.Router()
  router.get('/:name', ({ params: { name } }, response, next) => {
    const content = files.get(name)
    if (content === undefined) return next()
    response.type(name.endsWith('.css') ? 'css' : 'js')
    response.set('Cache-Control', 'no-cache').send(Buffer.from(content))
  })
  return router
}
