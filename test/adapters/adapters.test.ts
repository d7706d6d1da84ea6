import { rmSync } from 'node:fs'
import { connect } from 'node:net'
import { errorTable, keyGrammar } from '@sluice/core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type Got, send } from './client.js'
import { corpusIsHere, naughtyNames, recordedBodies } from './corpus-requests.js'
import { installPacked } from './packed.js'
import { rows, slowUpload, unfinished } from './requests.js'
import { type Server, servers } from './servers.js'

let project = ''
beforeAll(async () => {
  project = await installPacked()
}, 300_000)
afterAll(() => rmSync(project, { recursive: true, force: true }), 60_000)

/** None of those bodies has an image in our field; some are no form at all. */
const bodyCodes = /^(wrong-field|malformed-body|no-file|too-many-fields)$/

const codeIn = ({ headers, text }: Got): string | undefined =>
  headers['content-type']?.toString().startsWith('application/problem+json')
    ? JSON.parse(text).code
    : undefined

/** Those with a next handler, whose answer decides whether the files are kept. */
const handOn = ['Express 5', 'Express 4', 'Fastify', 'Koa', 'Nest', 'Hono on Node']
test('the servers that hand on are among those that are tried', () => {
  expect(Object.keys(servers)).toEqual(expect.arrayContaining(handOn))
})

describe.each(Object.entries(servers))('%s', (name, start) => {
  let server: Server
  const provoked = new Set<string>()
  beforeAll(async () => {
    server = await start(project)
  }, 120_000)
  afterAll(() => server?.stop())

  test.each(rows)('$name', async row => {
    const got = await send(server.port, row)
    const code = codeIn(got)
    if (code !== undefined) provoked.add(code)
    expect({
      status: got.status,
      code,
      text: row.check && !row.check(got) ? [got.headers, got.text] : '',
    }).toEqual({
      status: row.status,
      code: row.code,
      text: '',
    })
    expect(got.text).not.toMatch(/secret-of|node_modules|\.js:\d/)
  })

  if (handOn.includes(name))
    test('files are kept where the next handler answers well, else taken back', async () => {
      let kept = 0
      for (const [told, status] of Object.entries({
        200: 200,
        303: 303,
        400: 400,
        422: 422,
        503: 503,
        throw: 500,
      })) {
        const { headers, body } = slowUpload
        const got = await send(server.port, {
          path: '/kept',
          headers: { ...headers, 'x-answer': told },
          ...(body && { body }),
        })
        expect([told, got.status, got.headers.location === undefined]).toEqual([told, status, status >= 400])
        if (status < 400) kept++
        await vi.waitFor(async () => {
          const { text } = await send(server.port, { method: 'GET', path: '/kept' })
          expect([told, text]).toEqual([told, String(kept)])
        })
      }
    })

  test('a client that stops half way is told so and loses its place', async () => {
    const got = await stalled(server.port)
    provoked.add('upload-too-slow')
    expect(got).toMatch(/^HTTP\/1\.1 408 /)
    expect(got).toContain('"code":"upload-too-slow"')
  })

  test('a second upload of the same user has to wait', async () => {
    const both = await Promise.all([send(server.port, slowUpload), send(server.port, slowUpload)])
    provoked.add('too-many-uploads')
    expect(both.map(({ status }) => status).sort()).toEqual([201, 429])
    expect(both.map(codeIn)).toContain('too-many-uploads')
    expect((await send(server.port, slowUpload)).status).toBe(201)
  })

  test.runIf(corpusIsHere)('naughty strings are names like others', async () => {
    const requests = naughtyNames()
    expect(requests.reduce((sum, { files }) => sum + files, 0)).toBe(514)
    for (const request of requests) {
      const got = await send(server.port, request)
      expect(got.status).toBe(201)
      expect(JSON.parse(got.text).uploads).toHaveLength(request.files)
      for (const { key } of JSON.parse(got.text).uploads) expect(key).toMatch(keyGrammar)
    }
  })

  test.runIf(corpusIsHere)('bodies of other tests are answered, not choked on', async () => {
    const bodies = recordedBodies()
    expect(bodies).toHaveLength(11)
    for (const request of bodies) {
      const got = await send(server.port, request)
      expect([request.name, got.status, codeIn(got)]).toEqual([
        request.name,
        400,
        expect.stringMatching(bodyCodes),
      ])
    }
  })

  test('every code of the table was provoked, and no other', () => {
    expect([...provoked].sort()).toEqual(Object.keys(errorTable).sort())
  })
})

/** Everything but the last bytes, then nothing: what comes back on the connection. */
function stalled(port: number): Promise<string> {
  const { path, type, body } = unfinished
  return new Promise((resolve, reject) => {
    let got = ''
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(
        `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: ${type}\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n`,
      )
      socket.write(body.subarray(0, -20))
    })
    const done = () => {
      socket.destroy()
      resolve(got)
    }
    socket.on('data', chunk => {
      got += chunk.toString()
      if (got.includes('upload-too-slow')) done()
    })
    socket.on('close', done)
    socket.on('error', reject)
    socket.setTimeout(20_000, done)
  })
}
