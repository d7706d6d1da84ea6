import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, test } from 'vitest'

const photo = readFileSync(new URL('../../fixtures/files/orientation/exif-6.jpg', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'sluice-example-'))
const running: (ChildProcess | Server)[] = []
afterEach(() => {
  for (const each of running.splice(0)) 'kill' in each ? each.kill() : each.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Starts an example in an empty folder and waits for its address. */
async function start(example: string, env: Record<string, string> = {}): Promise<string> {
  const script = fileURLToPath(new URL(`../../examples/${example}/server.mjs`, import.meta.url))
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder)
  const child = spawn(process.execPath, [script], {
    cwd: folder,
    env: { ...process.env, PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  running.push(child)
  return new Promise((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      const address = /http:\/\/localhost:\d+/.exec(chunk.toString())
      if (address) resolve(address[0])
    })
    child.on('exit', code => reject(new Error(`${example} ended with ${code}`)))
  })
}

function post(base: string, headers: Record<string, string> = {}): Promise<Response> {
  const body = new FormData()
  body.append('image', new Blob([photo]), 'photo.jpg')
  return fetch(`${base}/images`, { method: 'POST', body, headers: { origin: base, ...headers } })
}

test('the Express example stores a photo and serves it', async () => {
  const base = await start('express')
  expect(await (await fetch(base)).text()).toContain('type="file"')
  expect((await post(base)).status).toBe(401)
  const response = await post(base, { 'x-user': 'ann' })
  expect(response.status).toBe(201)
  const { url, width, height, key } = (await response.json()) as Record<string, string>
  expect([width, height]).toEqual([240, 160])
  expect(readdirSync(join(folder, 'uploads'))).toContain(String(key).slice(0, 6))
  const served = await fetch(base + url)
  expect([served.status, served.headers.get('content-type')]).toEqual([200, 'image/webp'])
})

test.each(['fastify', 'koa'])('the %s example stores a photo, and refuses what is none', async example => {
  const base = await start(example)
  const response = await post(base)
  expect([response.status, await response.json()]).toMatchObject([201, { width: 240, height: 160 }])
  const refused = await fetch(`${base}/images`, {
    method: 'POST',
    headers: { 'content-type': 'image/png' },
    body: '%PDF-1.7',
  })
  expect([refused.status, await refused.json()]).toMatchObject([415, { code: 'format-not-allowed' }])
})

test.each([
  ['OK', 201],
  ['Eicar-Test-Signature FOUND', 422],
  ['INSTREAM size limit exceeded. ERROR', 500],
])('the clamd example: %s is %d', async (verdict, status) => {
  const heard: Buffer[] = []
  const socketPath = join(tmpdir(), `sluice-clamd-${process.pid}.sock`)
  const clamd = createServer(socket => {
    socket.on('data', chunk => {
      heard.push(chunk)
      if (Buffer.concat(heard).subarray(-4).equals(Buffer.alloc(4))) socket.end(`stream: ${verdict}\0`)
    })
  })
  rmSync(socketPath, { force: true })
  await new Promise<void>(resolve => clamd.listen(socketPath, resolve))
  running.push(clamd)
  const base = await start('clamd', { CLAMD_SOCKET: socketPath })
  const response = await post(base)
  expect(response.status).toBe(status)
  const stream = Buffer.concat(heard)
  expect(stream.subarray(0, 10).toString()).toBe('zINSTREAM\0')
  const length = stream.readUInt32BE(10)
  expect(stream.subarray(14 + 8, 14 + 12).toString()).toBe('WEBP')
  expect(stream).toHaveLength(14 + length + 4)
})

test('without clamd nothing is stored', async () => {
  const base = await start('clamd', { CLAMD_SOCKET: join(folder, 'nobody.sock') })
  expect((await post(base)).status).toBe(500)
  expect(readdirSync(join(folder, 'uploads'))).toEqual([])
})
