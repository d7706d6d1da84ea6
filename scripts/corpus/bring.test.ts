import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { bringCorpus } from './bring.mjs'

const commit = '0123456789abcdef0123456789abcdef01234567'
const contents: Readonly<Record<string, string>> = {
  'a.png': 'first',
  'folder/50% off #1?.gif': 'second',
  'b.jpg': 'third',
}
const rows = Object.entries(contents).map(([path, text]) => row(path, text))

function row(path: string, text: string) {
  const sha256 = createHash('sha256').update(text).digest('hex')
  return { path, group: 'png', bytes: text.length, sha256, expect: 'accept' }
}
const manifestOf = (files: readonly ReturnType<typeof row>[]) => ({
  suites: [{ repository: 'owner/suite', commit, licence: 'MIT', files }],
  thumbs: deflateRawSync(new Uint8Array()).toString('base64'),
})

let folder: string
let server: Server
let base: string
let asked: string[]
/** Answers in place of the server, as long as there are any. */
let answers: RequestListener[]

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sluice-bring-'))
  asked = []
  answers = []
  server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? '').replace(`/owner/suite/${commit}/`, '')
    asked.push(path)
    const answer = answers.shift()
    if (answer) answer(request, response)
    else if (path in contents) response.end(contents[path])
    else response.writeHead(404).end()
  })
  await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterEach(async () => {
  server.closeAllConnections()
  await new Promise(closed => server.close(closed))
  rmSync(folder, { recursive: true })
})

function bring(files: readonly ReturnType<typeof row>[] = rows) {
  return bringCorpus(manifestOf(files), { folder, base, waitMs: 1, connections: 2 })
}
const pathOf = (path: string) => join(folder, 'png/owner__suite', path)

test('brings every file, and says what each is', async () => {
  expect(await bring()).toEqual({ brought: 3, present: 0, failed: [], left: 0 })
  for (const [path, text] of Object.entries(contents)) expect(readFileSync(pathOf(path), 'utf8')).toBe(text)
  const cases = JSON.parse(readFileSync(join(folder, 'cases.json'), 'utf8'))
  expect(cases).toHaveLength(3)
  expect(cases[0]).toEqual({
    file: 'png/owner__suite/a.png',
    group: 'png',
    source: 'owner/suite:a.png',
    licence: 'MIT',
    bytes: 5,
    sha256: rows[0]?.sha256,
    expect: 'accept',
  })
})

test('asks again only for what is missing or was changed', async () => {
  await bring()
  rmSync(pathOf('b.jpg'))
  writeFileSync(pathOf('a.png'), 'FIRST')
  asked = []
  expect(await bring()).toEqual({ brought: 2, present: 1, failed: [], left: 0 })
  expect(asked.sort()).toEqual(['a.png', 'b.jpg'])
  expect(readFileSync(pathOf('a.png'), 'utf8')).toBe('first')
})

test('tries again where the server may recover', async () => {
  answers = [
    (_, response) => response.writeHead(503).end(),
    (_, response) => response.writeHead(429).end(),
    ({ socket }) => socket.destroy(),
  ]
  expect(await bring(rows.slice(0, 1))).toEqual({ brought: 1, present: 0, failed: [], left: 0 })
  expect(asked).toEqual(['a.png', 'a.png', 'a.png', 'a.png'])
})

test.each<[string, RequestListener]>([
  ['status 404', (_, response) => response.writeHead(404).end()],
  ['another SHA-256 than the manifest says', (_, response) => response.end('FIRST')],
])('does not try again, and keeps nothing: %s', async (why, answer) => {
  answers = [answer]
  const { failed } = await bring(rows.slice(0, 1))
  expect(failed).toEqual([{ file: 'png/owner__suite/a.png', why }])
  expect(asked).toEqual(['a.png'])
  expect(existsSync(join(folder, 'cases.json'))).toBe(false)
  expect(existsSync(pathOf('a.png'))).toBe(false)
})

test('ends a download that goes on', async () => {
  const ended = new Promise(close => {
    answers = [
      (_, response) => {
        response.on('close', close)
        const more = () => {
          while (response.write('x'.repeat(65_536)));
          response.once('drain', more)
        }
        more()
      },
    ]
  })
  const { failed } = await bring(rows.slice(0, 1))
  expect(failed).toEqual([{ file: 'png/owner__suite/a.png', why: 'more than its 5 bytes' }])
  await ended
})

test('leaves the others of a file that failed, and no part of it', async () => {
  expect(await bring([...rows, row('none.png', 'none')])).toMatchObject({ brought: 3, failed: [{}] })
  expect(readdirSync(dirname(pathOf('a.png'))).sort()).toEqual(['a.png', 'b.jpg', 'folder'])
})

test('gives a server up that answers nothing', async () => {
  server.close()
  server.closeAllConnections()
  const many = Array.from({ length: 40 }, (_, at) => row(`${at}.png`, 'x'))
  const { brought, failed, left } = await bring(many)
  expect(brought).toBe(0)
  expect(failed.length).toBeLessThan(15)
  expect(failed[0]?.why).toContain('ECONNREFUSED')
  expect(failed.length + left).toBe(40)
})

test('does not write outside of its folder', async () => {
  mkdirSync(join(folder, 'png'))
  const { failed } = await bring([row('../../../outside.png', 'x')])
  expect(failed).toEqual([
    { file: 'png/owner__suite/../../../outside.png', why: 'its path leads out of the corpus' },
  ])
  expect(asked).toEqual([])
})
