import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root, start } from './start.mjs'

// Of Debian's package redis-server.
const program = '/usr/bin/redis-server'
const photo = readFileSync(join(root, 'fixtures/files/orientation/exif-6.jpg'))

/**
 * A file goes into quarantine, a worker of the queue makes an image of it, and it is served; a document is refused.
 * @param {(example: { base: string }) => Promise<void>} [inBrowser]
 */
export async function queueTrial(inBrowser) {
  assert.ok(existsSync(program), `${program} is missing`)
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address()
  await new Promise(resolve => probe.close(resolve))
  const folder = mkdtempSync(join(tmpdir(), 'sluice-redis-'))
  const flags = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', folder]
  const redis = spawn(program, flags, { stdio: 'ignore' })
  try {
    const example = await start('queue', { REDIS_URL: `redis://127.0.0.1:${port}` })
    try {
      const stored = await upload(example.base, photo)
      const { url, width, height, variants } = await stored.json()
      assert.deepEqual([stored.status, width, height, variants.thumb.width], [201, 240, 160, 200])
      const served = await fetch(new URL(url, example.base))
      assert.deepEqual([served.status, served.headers.get('content-type')], [200, 'image/webp'])
      const refused = await upload(example.base, Buffer.from('%PDF-1.7'))
      assert.equal(refused.status, 415)
      assert.match((await refused.json()).title, /PDF document/)
      await inBrowser?.(example)
    } finally {
      example.stop()
    }
  } finally {
    redis.kill()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** @param {string} base @param {Buffer} file */
async function upload(base, file) {
  const headers = { origin: base, 'content-type': 'application/json' }
  const post = (path, content) =>
    fetch(base + path, { method: 'POST', headers, body: JSON.stringify(content) })
  const sha256 = createHash('sha256').update(file).digest('hex')
  const offer = await post('/direct', { bytes: file.length, type: 'image/jpeg', sha256, name: 'photo.jpg' })
  assert.equal(offer.status, 201)
  const { ticket, put } = await offer.json()
  const sent = await fetch(new URL(put.url, base), { method: 'PUT', headers: put.headers, body: file })
  assert.equal(sent.status, 200)
  for (;;) {
    const answer = await post('/direct?result', { ticket })
    if (answer.status !== 202) return answer
    await new Promise(resolve => setTimeout(resolve, 100))
  }
}
