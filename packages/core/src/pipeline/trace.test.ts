import { expect, test, vi } from 'vitest'
import { UploadError } from '../errors/upload-error.js'
import { note } from '../notes/notes.js'
import { definePolicy } from '../policy/policy.js'
import type { Stored } from './stages.js'
import { traceUpload, type UploadEvent } from './trace.js'

const policy = definePolicy()
const file = { key: 'k', format: 'webp', width: 1, height: 1, frames: 1, bytes: 9, sha256: 'aa' } as const
const stored: Stored = {
  ...file,
  variants: { thumb: { ...file, key: 't' } },
  notes: [note('trailing-dropped', { bytes: 5 })],
  policyVersion: policy.version,
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

function traced(kit: Partial<Parameters<typeof traceUpload>[0]> = {}) {
  const events: UploadEvent[] = []
  return { events, trace: traceUpload({ policy, onEvent: event => events.push(event), ...kit }) }
}

test('an accepted upload ends in one event with hashes, sizes and times', async () => {
  const { events, trace } = traced({ context: { role: 'author' } })
  await trace.at('admit', () => undefined)
  await trace.at('store', async () => stored)
  expect(trace.accept(stored)).toBe(stored)
  expect(events).toEqual([
    {
      event: 'upload.accepted',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      id: expect.stringMatching(/^[0-9a-f]{16}$/),
      policyVersion: policy.version,
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
  const { events, trace } = traced()
  trace.learn({ bytes: new Uint8Array(7), name: 'a.png' })
  trace.learn({ bytes: new Uint8Array(7), name: 'a.png', format: 'png' })
  const failing = trace.at('probe', () => {
    throw new UploadError('corrupt', {}, { detail: 'IHDR of 14 bytes' })
  })
  const error = await failing.catch(trace.refuse)
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

test('what is foreseen by nobody fails closed as internal, at the stage where it happened', async () => {
  const { events, trace } = traced()
  await trace.at('verify', () => Promise.reject(98488)).catch(trace.refuse)
  expect(events[0]).toMatchObject({ code: 'internal', status: 500, stage: 'verify', detail: 'number: 98488' })
})

test('an error that does not say where it happened is put down to the stage of the upload', async () => {
  const { events, trace } = traced()
  const failing = trace.at('render', () => Promise.reject(new UploadError('internal')))
  expect(await failing.catch(trace.refuse)).toMatchObject({ code: 'internal', stage: 'render' })
  expect(events[0]).toMatchObject({ code: 'internal', stage: 'render' })
})

test('an aborted signal stops before the next stage', async () => {
  const work = vi.fn()
  const { trace } = traced({ signal: AbortSignal.abort('gone') })
  await expect(trace.at('probe', work)).rejects.toMatchObject({
    code: 'aborted',
    stage: 'probe',
    cause: 'gone',
  })
  expect(work).not.toHaveBeenCalled()
})

test('two visits to a stage are added up', async () => {
  vi.spyOn(performance, 'now')
    .mockReturnValueOnce(0)
    .mockReturnValueOnce(5)
    .mockReturnValueOnce(10)
    .mockReturnValueOnce(17)
  const { events, trace } = traced()
  await trace.at('verify', () => undefined)
  await trace.at('verify', () => undefined)
  trace.accept(stored)
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
  const { trace } = traced({ onEvent })
  expect(trace.accept(stored)).toBe(stored)
  expect(trace.refuse('x')).toMatchObject({ code: 'internal' })
  await vi.waitFor(() => expect(told).toHaveBeenCalledTimes(2))
  expect(told.mock.calls.map(([, thrown]) => thrown)).toEqual([full, full])
  told.mockRestore()
})
