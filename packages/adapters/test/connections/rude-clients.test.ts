import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { UploadEvent } from '@sluice/core'
import { fsStore } from '@sluice/stores/fs'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { LogEvent } from '../../src/events/endpoint-event.js'
import { imageUpload } from '../../src/express.js'
import { uploadHandler } from '../../src/fetch.js'
import { nodeListener } from '../../src/node.js'
import { pngImage } from '../images.js'
import { file, formType, multipartBody } from '../multipart-body.js'
import { toyRenderer as renderer } from '../toy-renderer.js'
import { gatherUploads } from '../upload-events.js'

const png = pngImage()
const form = multipartBody([file(png)])
const head = (headers: string) =>
  `POST / HTTP/1.1\r\nHost: x\r\nContent-Type: ${formType}\r\n${headers}\r\n\r\n`
const limits = {
  addressLimits: false,
  idleMs: 300,
  totalMs: 1200,
  maxConcurrent: 1,
  redirect: '/form',
  policy: { maxBytes: '64 KiB' },
} as const

interface Options {
  readonly store: ReturnType<typeof fsStore>
  readonly onEvent: (event: LogEvent) => void
}
const mounted: Readonly<Record<string, (options: Options) => RequestListener>> = {
  'the middleware': options => {
    const upload = imageUpload<IncomingMessage>({
      ...options,
      ...limits,
      renderer,
      public: true,
      csrf: false,
    })
    return (request, response) => upload(request, response, () => response.end('stored'))
  },
  'the fetch handler on node:http': options =>
    nodeListener(uploadHandler({ ...options, ...limits, renderer, public: true, csrf: false })),
}

describe.each(Object.entries(mounted))('%s', (_, mount) => {
  let folder: string
  let server: Server
  let events: UploadEvent[]
  const sockets: Socket[] = []

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'sluice-rude-'))
    events = []
    const store = fsStore(join(folder, 'public'))
    server = createServer(mount({ store, onEvent: gatherUploads(events) }))
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  })

  afterEach(() => {
    for (const socket of sockets.splice(0)) socket.destroy()
    server.closeAllConnections()
    server.close()
    rmSync(folder, { recursive: true, force: true })
  })

  /** A connection of its own; what came back on it is gathered until it closes. */
  function dial(...written: (string | Uint8Array)[]) {
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
    sockets.push(socket)
    let got = ''
    const closed = new Promise<void>(resolve => socket.on('close', () => resolve()))
    socket.on('data', chunk => {
      got += chunk.toString()
    })
    socket.on('error', () => {})
    for (const part of written) socket.write(part)
    return { socket, closed, got: () => got }
  }

  /** The only place is free again, nothing but its own image is stored, and no connection is left. */
  async function expectNothingLeft(code: string | RegExp) {
    await vi.waitFor(() => expect(events).toHaveLength(1), 5000)
    expect(events[0]?.code).toMatch(code)
    expect(stored(folder)).toEqual([])
    const polite = dial(head(`Content-Length: ${form.length}\r\nConnection: close`), form)
    await polite.closed
    expect(polite.got()).toMatch(/^HTTP\/1\.1 20[01] /)
    expect(stored(folder)).toHaveLength(1)
    await vi.waitFor(async () => expect(await connections(server)).toBe(0), 5000)
  }

  test('a client that falls silent', async () => {
    const start = performance.now()
    const silent = dial(head('Content-Length: 5000'), form.subarray(0, 100))
    await silent.closed
    expect(silent.got()).toMatch(/^HTTP\/1\.1 408 [\s\S]*upload-too-slow/)
    expect(performance.now() - start).toBeGreaterThanOrEqual(300)
    await expectNothingLeft('upload-too-slow')
  })

  test('a client that drips', async () => {
    const start = performance.now()
    const slow = dial(head('Content-Length: 5000'))
    const drip = setInterval(() => slow.socket.write('x'), 50)
    await slow.closed
    clearInterval(drip)
    expect(slow.got()).toMatch(/^HTTP\/1\.1 4/)
    // Each byte is in time, all of them together are not.
    expect(performance.now() - start).toBeGreaterThanOrEqual(1200)
    await expectNothingLeft('upload-too-slow')
  })

  test('a client that resets', async () => {
    const resetting = dial(head('Content-Length: 5000'), form.subarray(0, 200))
    await new Promise(resolve => setTimeout(resolve, 100))
    resetting.socket.resetAndDestroy()
    await expectNothingLeft('aborted')
  })

  test('a client that promises more than it sends', async () => {
    const short = dial(head(`Content-Length: ${form.length + 500}`), form)
    await new Promise(resolve => setTimeout(resolve, 50))
    short.socket.destroy()
    await expectNothingLeft('aborted')
  })

  test('a client that sends more than it promised', async () => {
    const long = dial(head(`Content-Length: ${form.length - 30}`), form)
    await long.closed
    // Node answers by itself: the rest is no request.
    expect(long.got()).toMatch(/^HTTP\/1\.1 400 /)
    await expectNothingLeft(/^(malformed-body|aborted)$/)
  })

  test('a client that declares too much is refused before it sends', async () => {
    const greedy = dial(head('Content-Length: 70000'))
    await vi.waitFor(() => expect(greedy.got()).toMatch(/^HTTP\/1\.1 413 [\s\S]*too-large/), 5000)
    await greedy.closed
    await expectNothingLeft('too-large')
  })

  test.each([
    ['its refusal', '', /^HTTP\/1\.1 413 [\s\S]*too-large/],
    ['the way back to its page', '\r\nAccept: text/html', /^HTTP\/1\.1 303 [\s\S]*upload=too-large/],
  ])('a client that never stops reads %s and is cut off', async (_, headers, answer) => {
    const endless = dial(head(`Transfer-Encoding: chunked${headers}`))
    const block = Buffer.concat([Buffer.from('4000\r\n'), Buffer.alloc(0x4000, 'x'), Buffer.from('\r\n')])
    let written = 0
    const pump = () => {
      while (!endless.socket.destroyed && endless.socket.write(block)) written += block.length
    }
    endless.socket.on('drain', pump)
    endless.socket.write(`${multipartStart.length.toString(16)}\r\n${multipartStart}\r\n`)
    pump()
    await endless.closed
    expect(endless.got()).toMatch(answer)
    // What is read after the answer, and what lay in the buffers of the two ends.
    expect(written).toBeLessThan(160 * 2 ** 20)
    await expectNothingLeft('too-large')
  })

  test('a client that goes while its image is made', async () => {
    const gone = dial(head(`Content-Length: ${form.length}`), form)
    gone.socket.on('connect', () => setTimeout(() => gone.socket.destroy(), 5))
    await gone.closed
    await vi.waitFor(() => expect(events).toHaveLength(1), 5000)
    // Accepted or aborted, by who was faster; never half.
    const accepted = events[0]?.event === 'upload.accepted'
    expect(stored(folder)).toHaveLength(accepted ? 1 : 0)
  })

  test('twenty stuck clients at once', async () => {
    const stuck = Array.from({ length: 20 }, () => dial(head('Content-Length: 5000'), form.subarray(0, 100)))
    await Promise.all(stuck.map(({ closed }) => closed))
    // One at a time may send; on a machine that is busy, another one may come when the first was cut off already.
    expect(events).toHaveLength(20)
    expect(new Set(events.map(({ code }) => code))).toEqual(new Set(['too-many-uploads', 'upload-too-slow']))
    events.length = 0
    dial(head('Content-Length: 70000'))
    await expectNothingLeft('too-large')
  })
})

const multipartStart = `--XsluiceX\r\n${file('').head}\r\n\r\n`

/** All files, also those that are still being prepared. */
function stored(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && entry.name.endsWith('.webp'))
    .map(({ name }) => name)
}

function connections(server: Server): Promise<number> {
  return new Promise((resolve, reject) =>
    server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
  )
}
