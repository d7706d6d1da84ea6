import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, expect, test, vi } from 'vitest'
import { endpoint } from '../../test/endpoint.js'
import { pngImage } from '../../test/images.js'
import { codeOf } from '../../test/receiving.js'
import { nodeListener } from '../node.js'
import { patientReader } from './patience.js'

afterEach(() => vi.useRealTimers())

const limits = { idleMs: 10_000, totalMs: 120_000, minBytesPerSecond: 1024 }

/** `bytes` every `ms`, without end. */
function dripping(bytes: number, ms: number) {
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      await new Promise(resolve => setTimeout(resolve, ms))
      controller.enqueue(new Uint8Array(bytes))
    },
  }).getReader()
}

async function readOn(reader: ReadableStreamDefaultReader<Uint8Array>, given = limits) {
  const start = performance.now()
  const read = patientReader(reader, given)
  const endless = async () => {
    while (!(await read()).done);
  }
  let ended: string | undefined
  const reading = codeOf(endless()).then(code => {
    ended = `${code} after ${Math.round((performance.now() - start) / 1000)} s`
  })
  await vi.advanceTimersByTimeAsync(given.totalMs + 1000)
  await reading
  return ended
}

test.each([
  ['silence', 1, 1e9, 10],
  ['a byte every four seconds, which is no silence', 1, 4000, 10],
  ['a little less than the least rate', 1000, 1000, 10],
  ['enough at any time, and too long in all', 2048, 1000, 120],
])('%s', async (_, bytes, ms, seconds) => {
  vi.useFakeTimers()
  expect(await readOn(dripping(bytes, ms))).toBe(`upload-too-slow after ${seconds} s`)
})

test('a busy server is not held against its clients: their bytes wait in the socket', async () => {
  const { handler, events } = endpoint({ idleMs: 200, totalMs: 400 })
  const server = createServer(nodeListener(handler))
  const asked = new Promise<void>(resolve => server.once('request', () => setImmediate(resolve)))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const png = pngImage(64, 64)
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  const host = 'Host: localhost\r\nSec-Fetch-Site: same-origin\r\nConnection: close\r\n'
  socket.write(`POST / HTTP/1.1\r\n${host}Content-Type: image/png\r\nContent-Length: ${png.length}\r\n\r\n`)
  socket.write(png.subarray(0, 20))
  await asked
  socket.write(png.subarray(20))
  const busyUntil = performance.now() + 1000
  while (performance.now() < busyUntil);
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 201 /)
  expect(events).toMatchObject([{ event: 'upload.accepted' }])
  server.close()
})
