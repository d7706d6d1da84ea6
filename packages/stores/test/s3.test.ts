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
  s3.control.ifNoneMatch = 'ignored'
  expect((await checkStore(store())).join('\n')).toMatch(/existing key is not refused/)
})

test.each(['ignored', 'refused'] as const)(
  'a probe finds that If-None-Match is %s, and says so once',
  async how => {
    s3.control.ifNoneMatch = how
    const warnings: string[] = []
    const probing = store({
      conditionalWrites: 'probe',
      onWarning: (message: string) => warnings.push(message),
    })
    // All but the race that only the service could decide.
    const left = (await checkStore(probing)).filter(problem => !problem.startsWith('of simultaneous commits'))
    expect(left).toEqual([])
    expect(warnings).toEqual([expect.stringContaining('does not keep If-None-Match')])
    expect(s3.objects.size).toBe(0)
  },
)

test('a probe that finds the condition kept changes nothing', async () => {
  expect(await checkStore(store({ conditionalWrites: 'probe' }))).toEqual([])
  expect(s3.requests.filter(line => line.includes('sluice-probe'))).toHaveLength(3)
})

test('501 is not tried again, and the error names the setting', async () => {
  s3.control.ifNoneMatch = 'refused'
  await expect(store().commit(makeCommit())).rejects.toMatchObject({
    ...failed,
    detail: expect.stringMatching(/501 NotImplemented.*conditionalWrites: 'probe'/),
  })
  expect(s3.requests.filter(line => line.startsWith('PUT'))).toHaveLength(1)
})

test('errors carry the code of S3', async () => {
  const wrong = store({ secretAccessKey: 'other' })
  const cause = { name: 'S3Error', status: 403, code: 'SignatureDoesNotMatch' }
  await expect(wrong.get(makeCommit()[0]?.key ?? '')).rejects.toMatchObject({ ...failed, cause })
  await expect(wrong.delete(makeCommit()[0]?.key ?? '')).rejects.toMatchObject({ ...failed, cause })
})

test('a redirect is not followed: what is signed is for one host', async () => {
  s3.control.fault = () => 307
  const cause = { name: 'S3Error', status: 307, code: 'FaultOfTheTest' }
  await expect(store().get(makeCommit()[0]?.key ?? '')).rejects.toMatchObject({ ...failed, cause })
  await expect(store().commit(makeCommit())).rejects.toMatchObject(failed)
})

test('silence ends with requestMs, a commit with commitMs', async () => {
  s3.control.fault = line => (/^(?:GET|PUT)/.test(line) ? 'silent' : undefined)
  await expect(store({ requestMs: 20 }).get(makeCommit()[0]?.key ?? '')).rejects.toMatchObject({
    ...failed,
    detail: expect.stringContaining('no answer within 20 ms'),
  })
  await expect(store({ commitMs: 50 }).commit(makeCommit())).rejects.toMatchObject({
    ...failed,
    detail: expect.stringContaining('longer than commitMs'),
  })
  expect(s3.objects.size).toBe(0)
})

test('a list that goes on without saying how is refused, not taken for the whole', async () => {
  await store().commit(makeCommit())
  s3.control.listVersion = 1
  const listing = async () => {
    for await (const _entry of store().list());
  }
  await expect(listing()).rejects.toMatchObject({
    ...failed,
    detail: expect.stringContaining('ListObjectsV2'),
  })
})

test('credentials that rotate are asked for before each request', async () => {
  const { region } = credentials
  let asked = 0
  async function rotate() {
    asked++
    return credentials
  }
  const rotating = s3Store({ bucket: s3.url, region, credentials: rotate })
  const files = makeCommit()
  await rotating.commit(files)
  expect(asked).toBe(files.length)
  const none = s3Store({
    bucket: s3.url,
    region,
    credentials: () => ({ accessKeyId: '', secretAccessKey: '' }),
  })
  await expect(none.commit(files)).rejects.toMatchObject({
    ...failed,
    detail: expect.stringContaining('gave no'),
  })
})

test.each([409, 500, 'cut', 'lost'] as const)(
  'attempts at one upload meet, with %s on the way',
  async fault => {
    const files = makeCommit()
    let faults = 0
    s3.control.fault = line => (line.startsWith('PUT') && faults++ % 3 === 0 ? fault : undefined)
    await Promise.all([files, files, files].map(each => store().commit(each, { repeatable: true })))
    for (const { key, bytes } of files) expect(s3.objects.get(key)?.bytes.equals(bytes)).toBe(true)
    expect(s3.requests.filter(line => line.startsWith('DELETE'))).toEqual([])
  },
)

test('a repeatable commit that fails leaves what may be of another attempt', async () => {
  const files = makeCommit()
  s3.control.fault = line => (line.startsWith('PUT') && line.includes(`${files[0]?.key}`) ? 400 : undefined)
  await expect(store().commit(files, { repeatable: true })).rejects.toMatchObject(failed)
  expect([...s3.objects.keys()].sort()).toEqual([files[1]?.key, files[2]?.key].sort())
})

test('wrong settings are named at start', () => {
  const wrong: [object, RegExp][] = [
    [{ bucket: 'images' }, /bucket must be/],
    [{ bucket: 'ftp://example.com/images' }, /bucket must be/],
    [{ accessKeyId: '' }, /accessKeyId is missing/],
    [{ secretAccessKey: '' }, /secretAccessKey is missing/],
    [{ prefix: '/public' }, /prefix must/],
    [{ prefix: 'a b' }, /prefix must/],
    [{ prefix: 'public/../other/' }, /prefix must have no dot segments/],
    [{ prefix: './' }, /prefix must have no dot segments/],
    [{ prefix: 'a//b/' }, /prefix must have no dot segments/],
    [{ bucket: 'https://example.com/images/../other' }, /bucket must have no dot segments/],
    [{ bucket: 'https://example.com/images/%2e%2E/other' }, /bucket must have no dot segments/],
    [{ bucket: 'https://id:secret@example.com/images' }, /bucket must be a URL without/],
    [{ bucket: 'https://example.com/images?a=b' }, /bucket must be a URL without/],
    [{ credentials: () => credentials }, /accessKeyId cannot be combined with credentials/],
    [{ accessKeyId: undefined, secretAccessKey: undefined, credentials: credentials }, /must be a function/],
    [{ requestMs: 0 }, /requestMs must be a whole number/],
    [{ commitMs: 1.5 }, /commitMs must be a whole number/],
    [{ conditionalWrites: 'never' }, /conditionalWrites must be/],
  ]
  for (const [change, message] of wrong) expect(() => store(change)).toThrow(message)
})
