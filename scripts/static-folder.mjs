import { readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'

/** @type {Readonly<Record<string, string>>} */
const types = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
}

/**
 * Hands out the files of one folder, which are read beforehand: there is no path that could lead elsewhere.
 * @param {string} folder
 * @param {Readonly<Record<string, string>>} headers of every answer
 * @returns {import('node:http').RequestListener}
 */
export function staticFolder(folder, headers) {
  const found = readdirSync(folder, { withFileTypes: true }).filter(entry => entry.isFile())
  const files = new Map(found.map(({ name }) => [`/${name}`, readFileSync(join(folder, name))]))
  if (!files.has('/index.html')) throw new Error(`${folder} has no index.html`)
  return (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    const path = pathname === '/' ? '/index.html' : pathname
    const bytes = files.get(path)
    if (!bytes) return response.writeHead(404, headers).end()
    response.writeHead(200, {
      'content-type': types[extname(path)] ?? 'application/octet-stream',
      'x-content-type-options': 'nosniff',
      ...headers,
    })
    response.end(bytes)
  }
}
