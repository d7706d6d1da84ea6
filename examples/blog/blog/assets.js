import { readdirSync, readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import express from 'express'

const dist = new URL('../dist/', import.meta.url)

/**
 * What `npm run build` made, from memory. Compressed here and nowhere else: the pages themselves hold tokens, which
 * compression would help to guess (BREACH).
 */
export function assets() {
  const files = new Map(
    readdirSync(dist).map(name => {
      const plain = readFileSync(new URL(name, dist))
      return [name, { plain, gzip: gzipSync(plain, { level: 9 }) }]
    }),
  )
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
