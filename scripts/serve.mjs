import { createServer } from 'node:http'

/**
 * Something that is shown under a path of its own.
 * @typedef {object} Mount
 * @property {string} path such as /laboratory
 * @property {string} name for the line that says where it is
 * @property {import('node:http').RequestListener} listener its requests have the path taken off `url`, and all of it in
 * `originalUrl`, as Express' `use` does it
 * @property {(url: string) => readonly string[]} [greet] further lines, such as a login that is good once
 * @property {() => Promise<void> | void} [close] when nothing is shown any more
 */

/** Only this machine: a name that a stranger's site had pointed at it gets nothing. */
const host = '127.0.0.1'
const names = [host, 'localhost', '[::1]']

/**
 * Serves what is mounted to this machine; `/` leads to the first.
 * @param {readonly Mount[]} mounts
 * @param {object} [options]
 * @param {number} [options.port] Default: 3000. One that is taken is told, and the next is tried.
 * @param {(line: string) => void} [options.say] Default: to standard output
 * @returns {Promise<{ url: string, close(): Promise<void> }>}
 */
export async function serve(mounts, { port = 3000, say = console.log } = {}) {
  const server = createServer((request, response) => {
    if (!isLocal(request.headers.host)) return refuse(response, 421)
    const { pathname, search } = new URL(request.url ?? '/', `http://${host}`)
    const mount = mounts.find(({ path }) => pathname === path || pathname.startsWith(`${path}/`))
    const bare = mounts.find(({ path }) => pathname === path) ?? (pathname === '/' ? mounts[0] : undefined)
    if (bare) return response.writeHead(302, { location: `${bare.path}/${search}` }).end()
    if (!mount) return refuse(response, 404)
    const originalUrl = request.url
    request.url = (request.url ?? '').slice(mount.path.length)
    mount.listener(Object.assign(request, { originalUrl }), response)
  })
  const taken = await listen(server, port, say)
  const url = `http://${host}:${taken}`
  for (const { path, name, greet } of mounts) {
    say(`${name}: ${url}${path}/`)
    for (const line of greet?.(`${url}${path}`) ?? []) say(`  ${line}`)
  }
  return {
    url,
    async close() {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
      for (const { close } of mounts) await close?.()
    },
  }
}

/** @param {string | undefined} header */
function isLocal(header) {
  return header !== undefined && names.includes(header.replace(/:\d+$/, ''))
}

/** @param {import('node:http').ServerResponse} response @param {number} status */
function refuse(response, status) {
  response.writeHead(status, { 'content-type': 'text/plain' }).end(`${status}\n`)
}

/**
 * @param {import('node:http').Server} server @param {number} port @param {(line: string) => void} say
 * @returns {Promise<number>} the port
 */
async function listen(server, port, say) {
  for (let at = port; at < port + 20; at++) {
    const problem = await new Promise(resolve => {
      server.once('error', resolve)
      server.listen(at, host, () => resolve(server.off('error', resolve) && undefined))
    })
    const address = server.address()
    if (!problem && typeof address === 'object' && address) return address.port
    if (problem.code !== 'EADDRINUSE') throw problem
    say(`Port ${at} is taken; trying ${at + 1}.`)
  }
  throw new Error(`No port from ${port} to ${port + 19} is free.`)
}
