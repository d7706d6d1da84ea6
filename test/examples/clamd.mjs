import assert from 'node:assert/strict'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root, start } from './start.mjs'

const photo = readFileSync(join(root, 'fixtures/files/orientation/exif-6.jpg'))

/** The verdict of a clamd of our own decides; without one nothing is stored. */
export async function clamdTrial() {
  const socketPath = join(tmpdir(), `sluice-clamd-${process.pid}.sock`)
  let verdict = ''
  let heard = []
  const clamd = createServer(socket => {
    heard = []
    socket.on('data', chunk => {
      heard.push(chunk)
      if (Buffer.concat(heard).subarray(-4).equals(Buffer.alloc(4))) socket.end(`stream: ${verdict}\0`)
    })
  })
  rmSync(socketPath, { force: true })
  const example = await start('clamd', { CLAMD_SOCKET: socketPath })
  try {
    assert.equal(await statusOf(example.base), 500)
    assert.deepEqual(filesIn(join(example.folder, 'uploads')), [])
    await once(clamd.listen(socketPath), 'listening')
    for (const [said, status] of [
      ['Eicar-Test-Signature FOUND', 422],
      ['INSTREAM size limit exceeded. ERROR', 500],
      ['OK', 201],
    ]) {
      verdict = said
      assert.equal(await statusOf(example.base), status, said)
      const stream = Buffer.concat(heard)
      assert.equal(stream.subarray(0, 10).toString(), 'zINSTREAM\0')
      assert.equal(stream.subarray(14 + 8, 14 + 12).toString(), 'WEBP')
      assert.equal(stream.length, 14 + stream.readUInt32BE(10) + 4)
    }
    assert.equal(filesIn(join(example.folder, 'uploads')).length, 1)
  } finally {
    example.stop()
    clamd.close()
  }
}

async function statusOf(base) {
  const headers = { origin: base, 'content-type': 'image/jpeg' }
  const { status } = await fetch(`${base}/images`, { method: 'POST', headers, body: photo })
  return status
}

function filesIn(folder) {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.webp'))
}
