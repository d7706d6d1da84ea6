import { s3Store } from '@sluice/stores/s3'
import { checkStore } from '@sluice/stores/testing'
import { AwsClient } from 'aws4fetch'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { makeCommit } from './commits.js'
import { credentials, startFakeS3 } from './fake-s3.js'

let s3: Awaited<ReturnType<typeof startFakeS3>>
beforeEach(async () => {
  s3 = await startFakeS3()
})
afterEach(() => s3.stop())

const store = (more = {}) => s3Store({ bucket: s3.url, ...credentials, ...more })
const failed = { code: 'store-failed', status: 500 }

test('does what a store promises, page by page', async () => {
  expect(await checkStore(store())).toEqual([])
  expect(s3.requests.some(line => line.includes('continuation-token'))).toBe(true)
  expect(s3.objects.size).toBe(0)
})

test('does so below a prefix, and with a session token', async () => {
  expect(await checkStore(store({ prefix: 'public/images/', sessionToken: 'a/b+c=' }))).toEqual([])
  const files = makeCommit()
  await store({ prefix: 'public/' }).commit(files)
  expect([...s3.objects.keys()].sort()).toEqual(files.map(({ key }) => `public/${key}`).sort())
})

test('files have their content type and the headers that are asked for', async () => {
  await store({ headers: { 'cache-control': 'max-age=60' } }).commit(makeCommit())
  for (const { headers } of s3.objects.values())
    expect(headers).toMatchObject({ 'content-type': 'image/webp', 'cache-control': 'max-age=60' })
})

test('a wrong secret is refused, and the fake looks', async () => {
  const wrong = store({ secretAccessKey: 'other' })
  await expect(wrong.commit(makeCommit())).rejects.toMatchObject({
    ...failed,
    detail: expect.stringMatching(/403/),
  })
  await expect(wrong.get(makeCommit()[0]?.key ?? '')).rejects.toMatchObject(failed)
  await expect(wrong.list()[Symbol.asyncIterator]().next()).rejects.toMatchObject(failed)
  expect(s3.objects.size).toBe(0)
})

test.each([500, 503, 429, 409, 'cut', 'lost'] as const)(
  '%s at the first try of every file does not fail it',
  async fault => {
    const seen = new Set<string>()
    s3.control.fault = line => {
      if (!line.startsWith('PUT') || seen.has(line)) return undefined
      seen.add(line)
      return fault
    }
    const files = makeCommit()
    await store().commit(files)
    expect(s3.requests.filter(line => line.startsWith('PUT'))).toHaveLength(files.length * 2)
    for (const { key, bytes } of files) expect(s3.objects.get(key)?.bytes.equals(bytes)).toBe(true)
  },
)

test.each([500, 400, 'cut', 'lost'] as const)(
  '%s for good on the last file takes the others back',
  async fault => {
    const files = makeCommit()
    // The main file is put last.
    s3.control.fault = line =>
      line.startsWith('PUT') && line.includes(`${files[0]?.key}`) ? fault : undefined
    await expect(store().commit(files)).rejects.toMatchObject(failed)
    expect(s3.requests.filter(line => line.startsWith('PUT')).length).toBeGreaterThanOrEqual(files.length)
    expect([...s3.objects.keys()]).toEqual([])
  },
)

test('what cannot be taken back is named for the log', async () => {
  const files = makeCommit()
  s3.control.fault = line =>
    line.startsWith('DELETE')
      ? 503
      : line.startsWith('PUT') && line.includes(`${files[0]?.key}`)
        ? 400
        : undefined
  const detail = new RegExp(`could not be taken back: .*${files[2]?.key} \\(503\\)`)
  await expect(store().commit(files)).rejects.toMatchObject({
    ...failed,
    detail: expect.stringMatching(detail),
  })
})

test('only a broken line is tried again: a request that cannot be made fails at once, and says why', async () => {
  const sign = vi.spyOn(AwsClient.prototype, 'sign').mockRejectedValue(new TypeError('no key'))
  const files = makeCommit()
  await expect(store().commit(files)).rejects.toMatchObject({
    ...failed,
    detail: `TypeError: no key; could not be taken back: ${files.at(-1)?.key} (TypeError: no key)`,
  })
  // The PUT, and the HEAD of taking it back.
  expect(sign).toHaveBeenCalledTimes(2)
  expect(s3.requests).toEqual([])
  sign.mockRestore()
})

test('an abort in the middle takes everything back', async () => {
  const abort = new AbortController()
  const files = makeCommit()
  s3.control.fault = line => {
    if (line.startsWith('PUT') && line.includes(`${files[2]?.key}`)) abort.abort()
    return undefined
  }
  await expect(store().commit(files, { signal: abort.signal })).rejects.toMatchObject({ code: 'aborted' })
  expect(s3.objects.size).toBe(0)
})

test('a service that ignores If-None-Match is found out by the examiner', async () => {
  s3.control.supportsIfNoneMatch = false
  expect((await checkStore(store())).join('\n')).toMatch(/existing key is not refused/)
})

test('wrong settings are named at start', () => {
  const wrong: [object, RegExp][] = [
    [{ bucket: 'images' }, /bucket must be/],
    [{ bucket: 'ftp://example.com/images' }, /bucket must be/],
    [{ accessKeyId: '' }, /accessKeyId is missing/],
    [{ secretAccessKey: '' }, /secretAccessKey is missing/],
    [{ prefix: '/public' }, /prefix must/],
    [{ prefix: 'a b' }, /prefix must/],
  ]
  for (const [change, message] of wrong) expect(() => store(change)).toThrow(message)
})
