import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bodyLimit, definePolicy } from '@sluice/core'
import { fsStore } from '@sluice/stores/fs'
import { bodyOf } from '@sluice/testkit/body-of'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { capture } from './capture.js'

/* The printed block in a real Nginx, in front of an application that counts what reaches it. */

const key = `202611/${'0'.repeat(32)}.webp`
const maxBytes = bodyLimit(definePolicy())
let home = ''
let application: Server
let nginx: ChildProcess
let port = 0
const received: number[] = []
const forwarded: NodeJS.Dict<string | string[]>[] = []

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'sluice-nginx-'))
  execFileSync('chmod', ['755', home])
  await fsStore(join(home, 'uploads')).commit([{ key, bytes: Buffer.from('RIFF'), type: 'image/webp' }])
  mkdirSync(join(home, 'secret'))
  writeFileSync(join(home, 'secret/file'), 'secret')
  writeFileSync(join(home, 'uploads/202611/shell.php'), '<?php')
  writeFileSync(join(home, 'uploads/202611/page.html'), '<script>')
  symlinkSync(join(home, 'secret/file'), join(home, `uploads/202611/${'1'.repeat(32)}.webp`))

  application = createServer(async (incoming, response) => {
    forwarded.push(incoming.headers)
    const body = await bodyOf(incoming)
    if (!body) return
    received.push(body.length)
    response.writeHead(201).end()
  })
  await new Promise<void>(resolve => application.listen(0, '127.0.0.1', resolve))
  const upstream = `http://127.0.0.1:${(application.address() as AddressInfo).port}`
  const { exitCode, stdout } = await capture(['nginx', join(home, 'uploads'), '--upstream', upstream])
  expect(exitCode).toBe(0)

  port = await freePort()
  writeFileSync(join(home, 'sluice.conf'), stdout)
  writeFileSync(
    join(home, 'nginx.conf'),
    `daemon off; pid ${home}/nginx.pid; error_log ${home}/error.log; ${process.getuid?.() === 0 ? 'user root;' : ''}
     events {}
     http {
       access_log off; client_body_temp_path ${home}/body; proxy_temp_path ${home}/proxy;
       fastcgi_temp_path ${home}/f; uwsgi_temp_path ${home}/u; scgi_temp_path ${home}/s;
       server {
         listen 127.0.0.1:${port};
         include ${home}/sluice.conf;
         location ~ \\.php$ { return 418; }
       }
     }`,
  )
  const config = ['-p', home, '-c', join(home, 'nginx.conf')]
  execFileSync('nginx', ['-t', '-q', ...config])
  nginx = spawn('nginx', config, { stdio: 'inherit' })
  await vi.waitFor(() => send('GET', '/'), { timeout: 10_000 })
})
afterAll(async () => {
  nginx?.kill()
  await new Promise(resolve => nginx?.once('close', resolve))
  application?.close()
  rmSync(home, { recursive: true, force: true })
})

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise(resolve => server.close(resolve))
  return port
}

/** `node:http`, because fetch would tidy the path. Without a length the body is sent in chunks. */
function send(method: string, path: string, body?: Buffer, chunked = false) {
  return new Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; body: string }>(
    (resolve, reject) => {
      const length = body && !chunked ? { 'content-length': body.length } : {}
      const headers = { host: `127.0.0.1:${port}`, ...length }
      const outgoing = request({ host: '127.0.0.1', port, method, path, headers }, async response => {
        const text = Buffer.concat(await response.toArray()).toString()
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text })
      })
      outgoing.on('error', reject)
      if (chunked && body) {
        const half = body.length >> 1
        outgoing.write(body.subarray(0, half))
        outgoing.end(body.subarray(half))
      } else outgoing.end(body)
    },
  )
}

test('an image is served as what it is, and can do nothing', async () => {
  const { status, headers, body } = await send('GET', `/images/${key}`)
  expect([status, body]).toEqual([200, 'RIFF'])
  expect(headers).toMatchObject({
    'content-type': 'image/webp',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    'cross-origin-resource-policy': 'same-site',
    'cache-control': 'public, max-age=31536000, immutable',
  })
})

test('what is not ours is not served, whatever else the server does with such names', async () => {
  const foreign = [
    '/images/202611/shell.php',
    '/images/202611/page.html',
    '/images/202611/',
    '/images/',
    '/images/../secret/file',
    '/images/202611/../../secret/file',
    '/images/..%2fsecret/file',
    `/images/${key}/x.php`,
    `/images/${key}%00.php`,
    '/images/.uploads-incoming/.link-test',
  ]
  for (const path of foreign) expect([400, 404], path).toContain((await send('GET', path)).status)
  expect((await send('GET', '/other.php')).status).toBe(418)
})

test('a link is not followed', async () => {
  const { status, body } = await send('GET', `/images/202611/${'1'.repeat(32)}.webp`)
  expect(status).toBe(403)
  expect(body).not.toContain('secret')
})

test('an image cannot be changed through its URL', async () => {
  for (const method of ['PUT', 'POST', 'DELETE'])
    expect((await send(method, `/images/${key}`)).status).toBe(403)
})

test('the application sees the host with its port, and the address of the client', async () => {
  forwarded.length = 0
  await send('POST', '/images', Buffer.from('x'))
  expect(forwarded).toMatchObject([{ host: `127.0.0.1:${port}`, 'x-forwarded-for': '127.0.0.1' }])
})

test('an upload of maxBytes reaches the application; one byte more is 413 and does not', async () => {
  for (const chunked of [false, true]) {
    received.length = 0
    expect((await send('POST', '/images', Buffer.alloc(maxBytes), chunked)).status).toBe(201)
    expect((await send('POST', '/images', Buffer.alloc(maxBytes + 1), chunked)).status).toBe(413)
    expect(received).toEqual([maxBytes])
  }
})
