import { expect, test, vi } from 'vitest'
import { UploadError } from '../errors/upload-error.js'
import { note } from '../notes/notes.js'
import { definePolicy } from '../policy/policy.js'
import { startJourney, type UploadEvent } from './journey.js'
import type { Stored } from './stations.js'

const policy = definePolicy()
const file = { key: 'k', format: 'webp', width: 1, height: 1, frames: 1, bytes: 9, sha256: 'aa' } as const
const stored: Stored = {
  ...file,
  variants: { thumb: { ...file, key: 't' } },
  notes: [note('trailing-dropped', { bytes: 5 })],
  policy: policy.version,
  input: {
    name: 'a.jpg',
    format: 'jpeg',
    width: 2,
    height: 2,
    frames: 1,
    orientation: 1,
    bytes: 50,
    sha256: 'bb',
  },
}

function travel(kit: Partial<Parameters<typeof startJourney>[0]> = {}) {
  const events: UploadEvent[] = []
  return { events, journey: startJourney({ policy, onEvent: event => events.push(event), ...kit }) }
}

test('an accepted upload ends in one event with hashes, sizes and times', async () => {
  const { events, journey } = travel({ context: { role: 'author' } })
  await journey.at('admit', () => undefined)
  await journey.at('store', async () => stored)
  expect(journey.arrive(stored)).toBe(stored)
  expect(events).toEqual([
    {
      event: 'upload.accepted',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      id: expect.stringMatching(/^[0-9a-f]{16}$/),
      policy: policy.version,
      stage: 'store',
      input: stored.input,
      output: [
        { key: 'k', bytes: 9, sha256: 'aa' },
        { key: 't', bytes: 9, sha256: 'aa' },
      ],
      notes: stored.notes,
      ms: { admit: expect.any(Number), store: expect.any(Number) },
      context: { role: 'author' },
    },
  ])
})

test('a refused one ends in one event with the code and what was known by then', async () => {
  const { events, journey } = travel()
  journey.learn({ bytes: new Uint8Array(7), name: 'a.png' })
  journey.learn({ bytes: new Uint8Array(7), name: 'a.png', format: 'png' })
  const failing = journey.at('probe', () => {
    throw new UploadError('corrupt', {}, { detail: 'IHDR of 14 bytes' })
  })
  const error = await failing.catch(journey.refuse)
  expect(error).toMatchObject({ code: 'corrupt' })
  expect(events).toHaveLength(1)
  expect(events[0]).toMatchObject({
    event: 'upload.refused',
    stage: 'probe',
    code: 'corrupt',
    status: 422,
    message: 'The image is damaged and cannot be read. Save it anew and try again.',
    detail: 'IHDR of 14 bytes',
    input: { name: 'a.png', bytes: 7, format: 'png' },
  })
})

test('what is foreseen by nobody fails closed as internal, at the station where it happened', async () => {
  const { events, journey } = travel()
  await journey.at('verify', () => Promise.reject(98488)).catch(journey.refuse)
  expect(events[0]).toMatchObject({ code: 'internal', status: 500, stage: 'verify', detail: 'number: 98488' })
})

test('an error that does not say where it happened is put down to the station of the upload', async () => {
  const { events, journey } = travel()
  const failing = journey.at('render', () => Promise.reject(new UploadError('internal')))
  expect(await failing.catch(journey.refuse)).toMatchObject({ code: 'internal', stage: 'render' })
  expect(events[0]).toMatchObject({ code: 'internal', stage: 'render' })
})

test('an aborted signal stops before the next station', async () => {
  const work = vi.fn()
  const { journey } = travel({ signal: AbortSignal.abort('gone') })
  await expect(journey.at('probe', work)).rejects.toMatchObject({
    code: 'aborted',
    stage: 'probe',
    cause: 'gone',
  })
  expect(work).not.toHaveBeenCalled()
})

test('two visits to a station are added up', async () => {
  vi.spyOn(performance, 'now')
    .mockReturnValueOnce(0)
    .mockReturnValueOnce(5)
    .mockReturnValueOnce(10)
    .mockReturnValueOnce(17)
  const { events, journey } = travel()
  await journey.at('verify', () => undefined)
  await journey.at('verify', () => undefined)
  journey.arrive(stored)
  vi.restoreAllMocks()
  expect(events[0]?.ms).toEqual({ verify: 12 })
})

const full = new Error('disk full')
test.each([
  [
    'throws',
    () => {
      throw full
    },
  ],
  ['rejects', () => Promise.reject(full)],
])('a logger that %s changes nothing, and the operator hears of it', async (_, onEvent) => {
  const told = vi.spyOn(console, 'error').mockReturnValue()
  const { journey } = travel({ onEvent })
  expect(journey.arrive(stored)).toBe(stored)
  expect(journey.refuse('x')).toMatchObject({ code: 'internal' })
  await vi.waitFor(() => expect(told).toHaveBeenCalledTimes(2))
  expect(told.mock.calls.map(([, thrown]) => thrown)).toEqual([full, full])
  told.mockRestore()
})
