import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type DirectOptions, directUploads, type Offered } from '@sluice/adapters/direct'
import { defaultRenderer } from '@sluice/codecs'
import { keyring, type UploadEvent, type UploadResult } from '@sluice/core'
import { german } from '@sluice/core/messages/de'
import { ingester } from '@sluice/jobs'
import { memoryStore } from '@sluice/stores'
import { folderQuarantine } from '@sluice/stores/quarantine/fs'
import { makePng } from '@sluice/testkit/images/png'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

const ring = keyring({ current: 'a', secrets: { a: 'a'.repeat(32) } })
const renderer = defaultRenderer()
const png = Buffer.from(makePng(40, 20))
const url = 'https://here.example/direct'

let home = ''
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'sluice-direct-'))
})
afterEach(() => {
  vi.useRealTimers()
  rmSync(home, { recursive: true })
})

/** One machine: a folder in quarantine, and `ingest` in the request that asks for the result. */
function site(more: Partial<DirectOptions> = {}) {
  const store = memoryStore()
  const quarantine = folderQuarantine(join(home, 'quarantine'), '/direct', ring)
  const results: UploadResult[] = []
  const events: UploadEvent[] = []
  const ingest = ingester({
    quarantine,
    keyring: ring,
    store,
    renderer,
    finish: async result => results.push(result),
    onEvent: event => events.push(event),
    ...(more.policies && { policies: more.policies }),
  })
  const direct = directUploads({
    quarantine,
    keyring: ring,
    renderer,
    authorize: request => {
      const role = request.headers.get('x-role') ?? 'author'
      return role === 'nobody' ? null : { role, user: request.headers.get('x-user') ?? 'ann' }
    },
    addressLimits: false,
    onEvent: false,
    result: id => ingest(id),
    ...more,
  })
  return { direct, ingest, store, quarantine, results, events }
}

const post = (path: string, content: unknown, headers: Record<string, string> = {}) =>
  new Request(url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin', ...headers },
    body: JSON.stringify(content),
  })

const wishFor = (file: Buffer, more = {}) => ({
  bytes: file.length,
  type: 'image/png',
  sha256: createHash('sha256').update(file).digest('hex'),
  name: 'cat.png',
  ...more,
})

async function offer(direct: ReturnType<typeof directUploads>, file = png, more = {}) {
  const answer = await direct(post('', wishFor(file, more)))
  expect(answer.status).toBe(201)
  return (await answer.json()) as Offered
}

const put = ({ put: { url: path, headers } }: Offered, file: Buffer = png) =>
  new Request(new URL(path, url), { method: 'PUT', headers, body: file as Buffer<ArrayBuffer> })

const codeOf = async (answer: Response) => [answer.status, ((await answer.json()) as { code?: string }).code]

test('a file goes into quarantine, and comes out as an image', async () => {
  const { direct, store, results, events } = site()
  const offered = await offer(direct, png, { crop: '0,0,0.5,1' })
  expect((await direct(put(offered))).status).toBe(200)
  const answer = await direct(post('?result', { ticket: offered.ticket }))
  expect(answer.status).toBe(201)
  const upload = (await answer.json()) as { key: string }
  expect(upload).toMatchObject({ width: 20, height: 20, url: `/images/${upload.key}` })
  expect(answer.headers.get('location')).toBe(`/images/${upload.key}`)
  expect(await store.get(upload.key)).toBeDefined()
  expect(results).toMatchObject([{ id: offered.id, stored: { key: upload.key } }])
  expect(events).toMatchObject([
    { event: 'upload.accepted', context: { job: offered.id, role: 'author', user: 'ann' } },
  ])
  // An empty file holds the place until the offer has expired.
  expect(readdirSync(join(home, 'quarantine'))).toEqual([offered.id])
  expect((await direct(put(offered))).status).toBe(412)
  expect((await direct(post('?result', { ticket: offered.ticket }))).status).toBe(202)
})

test('a refusal is a result, told in the language of the person, and the file is gone', async () => {
  const told: unknown[] = []
  const { direct, results, quarantine, events } = site({
    messages: { de: german },
    onEvent: event => told.push(event.event),
  })
  const text = Buffer.from('no image at all')
  const offered = await offer(direct, text)
  await direct(put(offered, text))
  const answer = await direct(post('?result', { ticket: offered.ticket }, { 'accept-language': 'de' }))
  expect(answer.headers.get('content-language')).toBe('de')
  expect(await codeOf(answer)).toEqual([415, 'format-unknown'])
  // One event an upload: that of ingest.
  expect(events.map(({ event }) => event)).toEqual(['upload.refused'])
  expect(told).toEqual(['endpoint.started'])
  expect(results).toMatchObject([{ id: offered.id, refused: { code: 'format-unknown' } }])
  expect(await quarantine.find(offered.id)).toBeUndefined()
})

test('another file than the one that was offered is refused', async () => {
  const { direct, quarantine } = site()
  const offered = await offer(direct)
  const other = Buffer.from(makePng(40, 20, 2))
  for (const [file, code] of [
    [png.subarray(1), 'malformed-body'],
    [Buffer.concat([png, png]), 'too-large'],
    [other.length === png.length ? other : Buffer.alloc(png.length), 'malformed-body'],
  ] as const)
    expect((await codeOf(await direct(put(offered, file))))[1]).toBe(code)
  expect(await quarantine.find(offered.id)).toBeUndefined()
  const forged = { ...offered, put: { ...offered.put, url: `${offered.put.url}x` } }
  expect(await codeOf(await direct(put(forged)))).toEqual([403, 'forbidden'])
  vi.useFakeTimers({ toFake: ['Date'] })
  vi.setSystemTime(Date.parse(offered.expires))
  expect(await codeOf(await direct(put(offered)))).toEqual([403, 'forbidden'])
})

test('the guard stands before an offer', async () => {
  const { direct } = site({ policies: { author: { maxFileBytes: 5000 } } })
  const from = (headers: Record<string, string>, wish: unknown = wishFor(png)) =>
    direct(post('', wish, headers))
  for (const [headers, code] of [
    [{ 'x-role': 'nobody' }, 'unauthenticated'],
    [{ 'x-role': 'admin' }, 'forbidden'],
    [{ 'sec-fetch-site': 'cross-site' }, 'cross-site'],
    [{ 'content-type': 'text/plain' }, 'unsupported-media-type'],
  ] as const)
    expect((await codeOf(await from(headers)))[1]).toBe(code)
  for (const [more, code] of [
    [{ bytes: 5001 }, 'too-large'],
    [{ bytes: 0 }, 'empty-file'],
    [{ bytes: -1 }, 'malformed-body'],
    [{ bytes: '9' }, 'malformed-body'],
    [{ type: 'text/html' }, 'unsupported-media-type'],
    [{ type: 'image/png\r\nx: y' }, 'unsupported-media-type'],
    [{ sha256: 'x' }, 'malformed-body'],
    [{ name: 'x'.repeat(256) }, 'name-too-long'],
    [{ name: 7 }, 'malformed-body'],
    [{ crop: '0,0,2,2' }, 'invalid-crop'],
  ] as const)
    expect((await codeOf(await from({}, wishFor(png, more))))[1], JSON.stringify(more)).toBe(code)
  expect((await codeOf(await from({}, 'no object')))[1]).toBe('malformed-body')
  expect((await codeOf(await from({}, { name: 'x'.repeat(20_000) })))[1]).toBe('body-too-large')
  expect((await from({}, wishFor(png, { bytes: 5000 }))).status).toBe(201)
})

test('an offer counts as the upload does', async () => {
  const taken: [string, number][] = []
  const limiter = (name: string) => ({
    consume: async (key: string, points = 1) => {
      taken.push([`${name} ${key}`, points])
      return {}
    },
  })
  const { direct } = site({
    quota: { files: limiter('files'), bytes: limiter('bytes') },
    rateLimit: limiter('rate'),
    addressLimits: { requests: limiter('requests'), bytes: limiter('address') },
  })
  await offer(direct)
  const address = taken.find(([name]) => name.startsWith('address'))?.[0].slice(8)
  expect(taken).toEqual([
    [`requests ${address}`, 1],
    ['rate user:ann', 1],
    ['files user:ann', 1],
    [`address ${address}`, png.length],
    ['bytes user:ann', png.length],
  ])
  taken.length = 0
  await direct.offerUpload(wishFor(png), { role: 'author', user: 'bob' })
  expect(taken).toEqual([
    ['files user:bob', 1],
    ['bytes user:bob', png.length],
  ])
})

test('the result is for the one that the offer was made to', async () => {
  const { direct, results } = site()
  const offered = await offer(direct)
  await direct(put(offered))
  const ask = (ticket: unknown, headers = {}) => direct(post('?result', { ticket }, headers))
  for (const headers of [{ 'x-user': 'bob' }, { 'x-role': 'admin' }])
    expect(await codeOf(await ask(offered.ticket, headers))).toEqual([403, 'forbidden'])
  for (const ticket of ['', 'x', 7, undefined])
    expect(await codeOf(await ask(ticket))).toEqual([403, 'forbidden'])
  expect(results).toEqual([])
})

test('where a worker does it, the client is told to ask again', async () => {
  let found: UploadResult | undefined
  const { direct, ingest } = site({ result: async () => found })
  const offered = await offer(direct)
  await direct(put(offered))
  const waiting = await direct(post('?result', { ticket: offered.ticket }))
  expect([waiting.status, waiting.headers.get('retry-after')]).toEqual([202, '1'])
  found = await ingest(offered.id)
  expect((await direct(post('?result', { ticket: offered.ticket }))).status).toBe(201)
})

test('an event that comes twice, and one of nobody, are no results', async () => {
  const { direct, ingest, results } = site()
  const offered = await offer(direct)
  await direct(put(offered))
  const both = await Promise.all([ingest(offered.id), ingest(offered.id)])
  expect(both[0]).toEqual(both[1])
  expect(results).toHaveLength(2)
  expect(await ingest(offered.id)).toBeUndefined()
  expect(await ingest('f'.repeat(32))).toBeUndefined()
  expect(results).toHaveLength(2)
})

test.each([
  [{ quarantine: undefined }, /quarantine must be/],
  [{ keyring: {} }, /keyring must be/],
  [{ result: undefined }, /result is missing/],
  [{ offerSeconds: 9 }, /offerSeconds must be/],
  [{ offerSeconds: 3601 }, /offerSeconds must be/],
  [{ fields: {} }, /fields is not an option/],
  [{ offerSecond: 60 }, /did you mean offerSeconds/],
])('options that cannot be right are named at start: %#', (more, message) => {
  expect(() => site(more as never)).toThrow(message)
})

test('limits of an offer are taken from both sides', () => {
  for (const offerSeconds of [10, 3600]) expect(() => site({ offerSeconds })).not.toThrow()
})
