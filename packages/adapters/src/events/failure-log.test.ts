import { memoryStore } from '@sluice/stores'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { post } from '../../test/endpoint.js'
import { pngImage } from '../../test/images.js'
import { file } from '../../test/multipart-body.js'
import { toyRenderer as renderer } from '../../test/toy-renderer.js'
import { uploadHandler } from '../fetch.js'
import type { UploadOptions } from '../options.js'

const terminal = process.stderr.isTTY
let lines: string[]
beforeEach(() => {
  lines = []
  vi.spyOn(console, 'error').mockImplementation(line => void lines.push(line))
})
afterEach(() => {
  process.stderr.isTTY = terminal
  vi.restoreAllMocks()
})

async function logged(isTTY: boolean, options: Partial<UploadOptions<Request>> = {}) {
  process.stderr.isTTY = isTTY
  const handler = uploadHandler({
    store: memoryStore(),
    renderer,
    authorize: () => ({ role: 'author', user: 'ann\n\x1b[31m' }),
    ...options,
  })
  const from = { remoteAddr: { hostname: '1.2.3.4' } }
  await handler(post([file(pngImage(), 'holiday.png')]), from)
  await handler(post([file('hello', 'holiday.png')]), from)
  return lines
}

test('with nothing set, a failure is one line of JSON on stderr, without the name of the file', async () => {
  const [started = '', refused = '', ...more] = await logged(false)
  expect(more).toEqual([])
  expect(JSON.parse(started)).toMatchObject({ event: 'endpoint.started' })
  expect(JSON.parse(refused)).toMatchObject({
    event: 'upload.refused',
    code: 'format-unknown',
    status: 415,
    context: { address: '1.2.3.4', role: 'author', user: 'ann\n\x1b[31m' },
    input: { bytes: 5 },
  })
  expect(refused).not.toMatch(/holiday|\n/)
})

test('a person at a terminal gets words, on one line, with nothing that a terminal obeys', async () => {
  const [started, refused = '', ...more] = await logged(true)
  expect(more).toEqual([])
  expect(started).toMatch(/^endpoint\.started: ready for uploads/)
  expect(refused).toMatch(
    /^upload refused: format-unknown, 415, at sniff, address 1\.2\.3\.4, role author, user ann\\u\{a\}\\u\{1b\}\[31m, id [0-9a-f]{16}: This is not an image/,
  )
  expect(refused).not.toMatch(/holiday|\p{Cc}/u)
})

test('a store that fails leaves its reason', async () => {
  const commit = () => Promise.reject(new Error('ENOSPC'))
  const found = await logged(false, { store: { ...memoryStore(), commit } })
  expect(JSON.parse(found[1] ?? '')).toMatchObject({ code: 'store-failed', detail: 'Error: ENOSPC' })
})

test('orphans are told by key, an observed upload with what it brought and took', async () => {
  process.stderr.isTTY = true
  const handler = uploadHandler({
    store: { ...memoryStore(), delete: () => Promise.reject(new Error('read-only')) },
    renderer,
    public: true,
    onStored: () => Promise.reject(new Error('database down')),
  })
  await handler(post([file(pngImage())]))
  const other = uploadHandler({ store: memoryStore(), renderer, public: true, observe: () => new Response() })
  await other(post([file(pngImage())]))
  await vi.waitFor(() => expect(lines).toHaveLength(5))
  expect(lines[1]).toMatch(/^upload refused: internal, 500, at store, .*\(Error: database down\)$/)
  expect(lines[2]).toMatch(
    /^files are left that belong to no upload: store-failed, 500, at store, \d{6}\/[0-9a-f]{32}\.webp, .*read-only\)$/,
  )
  expect(lines[4]).toMatch(/^upload would be accepted: \d+ B in, \d+ B out, \d+ ms of processor time, /)
})

test('false is silence', async () => {
  expect(await logged(false, { onEvent: false })).toEqual([])
})
