import type { RecordState, Records } from '@sluice/core'
import { memoryRecords, removeUpload } from '@sluice/records'
import { memoryStore } from '@sluice/stores'
import { Hono } from 'hono'
import { describe, expect, test, vi } from 'vitest'
import { imageUpload } from '../src/hono.js'
import { endpoint, post } from './endpoint.js'
import { pngImage } from './images.js'
import { file } from './multipart-body.js'
import { toyRenderer as renderer } from './toy-renderer.js'

const policy = { variants: { thumb: { maxWidth: 4 } } }
const png = pngImage()
const down = () => Promise.reject(new Error('database of secret-host is down'))

async function rowsOf(records: Records) {
  const rows = []
  for await (const row of records.list()) rows.push(row)
  return rows
}

const statesOf = async (records: Records) => (await rowsOf(records)).map(({ state }) => state)

test('an upload has a row, with all of its files and nothing of what was sent but size and hash', async () => {
  const records = memoryRecords()
  const authorize = () => ({ role: 'author', user: 'ann' })
  const { handler, keys } = endpoint({ records, policy, authorize })
  const upload = await (await handler(post([file(png, 'secret.png')]))).json()
  const [row] = await rowsOf(records)
  expect(row).toMatchObject({
    state: 'confirmed',
    owner: 'ann',
    role: 'author',
    codecVersion: 'toy-1',
    notes: [],
  })
  expect(row?.files.map(({ name, key, sha256, bytes }) => ({ name, key, sha256, bytes }))).toEqual(
    [upload, upload.variants.thumb].map(({ key, sha256, bytes }, index) => ({
      name: ['main', 'thumb'][index],
      key,
      sha256,
      bytes,
    })),
  )
  expect(row?.files.map(({ key }) => key).sort()).toEqual((await keys()).sort())
  expect(row?.input).toMatchObject({
    bytes: png.length,
    format: 'png',
    sha256: expect.stringMatching(/^\w{64}$/),
  })
  expect(JSON.stringify(row)).not.toContain('secret')
})

test('the row is pending before a file is public, and until the application has said yes', async () => {
  const records = memoryRecords()
  const seen: [string, readonly RecordState[]][] = []
  const store = memoryStore()
  const { commit } = store
  store.commit = async (...given) => {
    seen.push(['commit', await statesOf(records)])
    await commit(...given)
  }
  const { handler } = endpoint({
    records,
    store,
    maxFiles: 2,
    async onStored() {
      seen.push(['onStored', await statesOf(records)])
    },
  })
  expect((await handler(post([file(png), file(png)]))).status).toBe(201)
  expect(seen).toEqual([
    ['commit', ['pending', 'pending']],
    ['onStored', ['pending', 'pending']],
  ])
  expect(await statesOf(records)).toEqual(['confirmed', 'confirmed'])
})

describe('nothing is left where', () => {
  test('the application says no', async () => {
    const records = memoryRecords()
    const { handler, keys } = endpoint({ records, policy, onStored: down })
    expect((await handler(post())).status).toBe(500)
    expect([await rowsOf(records), await keys()]).toEqual([[], []])
  })

  test('the records cannot be written: no file was public', async () => {
    const store = memoryStore()
    const commit = vi.spyOn(store, 'commit')
    const { handler, events } = endpoint({ store, records: { ...memoryRecords(), open: down } })
    const response = await handler(post())
    expect(response.status).toBe(500)
    expect(await response.text()).not.toContain('secret')
    expect(commit).not.toHaveBeenCalled()
    expect(events).toMatchObject([
      { code: 'store-failed', stage: 'store', detail: expect.stringMatching(/is down/) },
    ])
  })

  test('a sweep was faster than the application', async () => {
    const records = memoryRecords()
    const { handler, keys, events } = endpoint({
      records,
      async onStored({ stored }) {
        await records.expire([(await rowsOf(records))[0]?.id ?? ''], new Date(Date.now() + 1))
        expect(stored).toHaveLength(1)
      },
    })
    expect((await handler(post())).status).toBe(500)
    expect([await rowsOf(records), await keys()]).toEqual([[], []])
    expect(events).toMatchObject([
      { code: 'store-failed', detail: expect.stringMatching(/pending for so long/) },
    ])
  })

  test('the application discards it', async () => {
    const records = memoryRecords()
    const { handler, keys } = endpoint({
      records,
      policy,
      maxFiles: 2,
      onStored: ({ uploads: [first], discard }) => first && discard(first),
    })
    expect((await handler(post([file(png), file(png)]))).status).toBe(201)
    expect(await statesOf(records)).toEqual(['confirmed'])
    expect(await keys()).toHaveLength(2)
  })
})

test('what the store does not commit is left to the sweep, and holds no room', async () => {
  const records = memoryRecords()
  const store = { ...memoryStore(), commit: down }
  const { handler } = endpoint({ records, store })
  expect((await handler(post())).status).toBe(500)
  expect(await statesOf(records)).toEqual(['removed'])
  expect(await records.held('')).toEqual({ bytes: 0, files: 0 })
})

test('what the application has taken and the records cannot confirm stays: the sweep asks again', async () => {
  const records = memoryRecords()
  const { handler, keys } = endpoint({ records: { ...records, confirm: down } })
  expect((await handler(post())).status).toBe(500)
  expect(await statesOf(records)).toEqual(['pending'])
  expect(await keys()).toHaveLength(1)
})

test('what is removed makes room, and what there is no room for is refused before its body is read', async () => {
  const records = memoryRecords()
  const { handler, store } = endpoint({ records, policy, quota: { maxHeldFiles: 1 } })
  const first = await (await handler(post())).json()
  const request = post()
  const refused = await handler(request)
  expect([refused.status, (await refused.json()).code]).toEqual([409, 'too-many-stored'])
  expect(await removeUpload(first.key, { records, store })).toBe(true)
  expect((await handler(post())).status).toBe(201)
})

test('limits that nobody could count, and what are no records, are errors at start', () => {
  expect(() => endpoint({ quota: { maxHeldBytes: 5 } })).toThrow(/quota\.maxHeldBytes needs `records`/)
  for (const maxHeldFiles of [0, 1.5, 2 ** 53])
    expect(() => endpoint({ records: memoryRecords(), quota: { maxHeldFiles } })).toThrow(
      /quota\.maxHeldFiles must be a whole number from 1 to/,
    )
  expect(() => endpoint({ records: './uploads.db' as never })).toThrow(
    /records must be Records.*it has no open/,
  )
  expect(() => endpoint({ records: () => memoryRecords(), quota: { maxHeldFiles: 1 } })).not.toThrow()
})

describe('with a next handler', () => {
  function hono(records: Records, status: 201 | 422, early: boolean) {
    const seen: (readonly RecordState[])[] = []
    const app = new Hono()
    const options = { store: memoryStore(), records, renderer, public: true, onEvent: false } as const
    app.post('/images', imageUpload(options), async context => {
      if (early) await context.get('uploadForm').confirm()
      seen.push(await statesOf(records))
      return context.json({}, status)
    })
    return { app, seen }
  }

  test.each([
    [201, false, 'pending', ['confirmed']],
    [201, true, 'confirmed', ['confirmed']],
    [422, false, 'pending', []],
    [422, true, 'confirmed', ['confirmed']],
  ] as const)(
    'that answers %s, confirmed before: %s, rows end as they should',
    async (status, early, then, end) => {
      const records = memoryRecords()
      const { app, seen } = hono(records, status, early)
      expect((await app.fetch(post())).status).toBe(status)
      expect(seen).toEqual([[then]])
      expect(await statesOf(records)).toEqual(end)
    },
  )

  test('that confirms what cannot be confirmed is told so', async () => {
    const told: unknown[] = []
    const app = new Hono()
    const records = { ...memoryRecords(), confirm: down }
    app.post(
      '/images',
      imageUpload({ store: memoryStore(), records, renderer, public: true, onEvent: false }),
      async context => {
        await context
          .get('uploadForm')
          .confirm()
          .catch(({ code }) => told.push(code))
        return context.json({}, 503)
      },
    )
    expect((await app.fetch(post())).status).toBe(503)
    expect(told).toEqual(['store-failed'])
  })
})
