import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, test } from 'vitest'
import { type Mount, serve } from './serve.mjs'
import { staticFolder } from './static-folder.mjs'

const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const each of open.splice(0)) await each.close()
})

const echo: Mount = {
  path: '/echo',
  name: 'Echo',
  listener: (request, response) =>
    response.end(`${request.url} of ${(request as typeof request & { originalUrl: string }).originalUrl}`),
  greet: url => [`login once: ${url}/login`],
}

async function start(mounts: readonly Mount[], port = 0) {
  const said: string[] = []
  const server = await serve(mounts, { port, say: line => said.push(line) })
  open.push(server)
  return { ...server, said }
}

/** Fetch would tidy the path and choose the host. */
function ask(
  url: string,
  path: string,
  host?: string,
): Promise<{ status?: number | undefined; text: string }> {
  return new Promise((resolve, reject) => {
    request(url, { path, headers: host ? { host } : {} }, answer => {
      let text = ''
      answer.setEncoding('utf8').on('data', part => {
        text += part
      })
      answer.on('end', () => resolve({ status: answer.statusCode, text }))
    })
      .on('error', reject)
      .end()
  })
}

test('what is mounted hears of its own part of the address, and / leads to the first', async () => {
  const { url, said } = await start([echo])
  expect(await ask(url, '/echo/a?b=1')).toEqual({ status: 200, text: '/a?b=1 of /echo/a?b=1' })
  expect((await fetch(`${url}/`, { redirect: 'manual' })).headers.get('location')).toBe('/echo/')
  expect((await fetch(`${url}/echo?c=2`, { redirect: 'manual' })).headers.get('location')).toBe('/echo/?c=2')
  expect((await ask(url, '/echoes')).status).toBe(404)
  expect(said).toEqual([`Echo: ${url}/echo/`, `  login once: ${url}/echo/login`])
})

test('only this machine is served, whatever name leads here', async () => {
  const { url } = await start([echo])
  const { port } = new URL(url)
  for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`, 'localhost'])
    expect((await ask(url, '/echo/', host)).status, host).toBe(200)
  for (const host of ['rebound.example', `localhost.example:${port}`, `127.0.0.1.example:${port}`])
    expect((await ask(url, '/echo/', host)).status, host).toBe(421)
})

test('a port that is taken is told, and the next is tried', async () => {
  const taken = createServer().listen(0, '127.0.0.1')
  await new Promise(resolve => taken.once('listening', resolve))
  const { port } = taken.address() as AddressInfo
  open.push({ close: () => new Promise(resolve => taken.close(() => resolve())) })
  const { url, said } = await start([echo], port)
  expect(Number(new URL(url).port)).toBeGreaterThan(port)
  expect(said[0]).toBe(`Port ${port} is taken; trying ${port + 1}.`)
})

test('of a folder its own files are served and nothing else', async () => {
  const folder = fileURLToPath(new URL('../examples/express/public/', import.meta.url))
  const { url } = await start([
    { ...echo, path: '/page', listener: staticFolder(folder, { 'x-test': 'yes' }) },
  ])
  const page = await fetch(`${url}/page/`)
  expect([page.status, page.headers.get('content-type'), page.headers.get('x-test')]).toEqual([
    200,
    'text/html; charset=utf-8',
    'yes',
  ])
  for (const path of [
    '/page/../server.js',
    '/page/%2e%2e/server.js',
    '/page/..%2fserver.js',
    '/page/none.js',
  ])
    expect((await ask(url, path)).status, path).toBe(404)
  expect(() => staticFolder(fileURLToPath(new URL('.', import.meta.url)), {})).toThrow('no index.html')
})
