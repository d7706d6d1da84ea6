import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { build } from 'esbuild'
import express from 'express'

const pathOf = relative => fileURLToPath(new URL(relative, import.meta.url))

const compress = promisify(gzip)

/**
 * What pages load, from memory: two style sheets, and the browser's half with `<sluice-upload>`, bundled at
 * the start. Languages are chunks of their own, so that a reader loads one. These are compressed; the pages
 * themselves hold tokens, which compression would help to guess (BREACH).
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
    logLevel: 'error',
  })
  const contents = [
    ...outputFiles.map(({ path, contents }) => [path.split(/[\\/]/).at(-1), contents]),
    ...['look.css', 'blog.css'].map(name => [name, readFileSync(pathOf(`../public/${name}`))]),
  ]
  const files = new Map()
  for (const [name, plain] of contents)
    files.set(name, { plain: Buffer.from(plain), gzip: await compress(plain, { level: 9 }) })

  const router = express.Router()
  router.get('/:name', (request, response, next) => {
    const { name } = request.params
    const file = files.get(name)
    if (file === undefined) return next()
    response
      .type(name.endsWith('.css') ? 'css' : 'js')
      .set('Cache-Control', 'no-cache')
      .vary('Accept-Encoding')
    if (!request.acceptsEncodings('gzip')) return response.send(file.plain)
    response.set('Content-Encoding', 'gzip').send(file.gzip)
  })
  return router
}
