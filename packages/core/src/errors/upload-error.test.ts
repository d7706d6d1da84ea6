import { expect, test } from 'vitest'
import { english } from '../messages/en.js'
import { type ErrorCode, errorTable, stages } from './error-table.js'
import { UploadError } from './upload-error.js'

const rows = Object.entries(errorTable) as [ErrorCode, (typeof errorTable)[ErrorCode]][]

test.each(rows)('%s has a status and a stage', (code, row) => {
  const { status } = row
  const stage = 'stage' in row ? row.stage : undefined
  expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/)
  expect(status).toBeGreaterThanOrEqual(400)
  expect(status).toBeLessThan(600)
  if (code === 'internal') expect(stage).toBeUndefined()
  else expect(stages).toContain(stage)
})

test.each(rows)('%s blames the sender only with a 4xx, and ourselves with a 5xx', (_, { status, fixer }) => {
  expect(status >= 500).toBe(fixer === 'operator' && status !== 403 && status !== 422)
})

test('an error carries the row of its code, with the numbers in the message', () => {
  const error = new UploadError('too-many-pixels', { width: 9000, height: 9000, maxPixels: 64_000_000 })
  expect(error).toBeInstanceOf(Error)
  expect(error).toMatchObject({ name: 'UploadError', status: 422, stage: 'probe', detail: undefined })
  expect(error.message).toBe(
    'The image has 9000 x 9000 pixels; at most 64 megapixels are accepted. Make it smaller.',
  )
})

test('stage, detail and cause can be given', () => {
  const cause = new Error('why')
  const error = new UploadError('corrupt', {}, { stage: 'render', detail: 'bad table', cause })
  expect(error).toMatchObject({ stage: 'render', detail: 'bad table', cause })
})

test('the message can be said in another language', () => {
  const error = new UploadError('too-large', { maxBytes: 5 }, { message: 'Zu groß.' })
  expect(error).toMatchObject({ message: 'Zu groß.', code: 'too-large', params: { maxBytes: 5 } })
})

test.each([
  [new RangeError('out of bounds'), 'RangeError: out of bounds'],
  [98488, 'number: 98488'],
  ['abort', 'string: abort'],
  [undefined, 'undefined: undefined'],
  [null, 'object: null'],
  [{ status: 1 }, 'object: [object Object]'],
])('anything thrown becomes one: %s', (thrown, detail) => {
  const error = UploadError.from(thrown, 'decode-failed')
  expect(error).toMatchObject({ code: 'decode-failed', stage: 'render', detail })
  expect(error.cause).toBe(thrown)
  expect(error.message).toBe(english.codes['decode-failed'])
})

test('an UploadError stays itself; a long text is cut', () => {
  const error = new UploadError('busy', { retryAfter: 2 })
  expect(UploadError.from(error, 'internal')).toBe(error)
  expect(UploadError.from('x'.repeat(5000), 'internal').detail).toHaveLength(500)
})

test('it crosses a thread and comes back the same, without cause and stack', () => {
  const error = new UploadError('too-large', { maxBytes: 5 }, { detail: 'private', cause: new Error() })
  const record = structuredClone(error.toRecord())
  expect(record).toEqual({
    code: 'too-large',
    status: 413,
    stage: 'receive',
    message: error.message,
    params: { maxBytes: 5 },
    detail: 'private',
  })
  expect(UploadError.fromRecord(record).toRecord()).toEqual(record)
  const german = new UploadError('busy', { retryAfter: 2 }, { message: 'Gleich noch einmal.' })
  expect(UploadError.fromRecord(german.toRecord()).toRecord()).toEqual(german.toRecord())
})

test('JSON.stringify gives away neither detail nor cause', () => {
  const options = { detail: 'private detail', cause: new Error('private cause') }
  const written = JSON.stringify({ error: new UploadError('too-large', { maxBytes: 5 }, options) })
  expect(written).not.toContain('private')
  expect(JSON.parse(written)).toEqual({
    error: {
      code: 'too-large',
      status: 413,
      stage: 'receive',
      message: 'The file is too large: at most 5 bytes are accepted.',
      params: { maxBytes: 5 },
    },
  })
})

test('where something unforeseen happened only the thrower knows', () => {
  expect(new UploadError('internal').stage).toBeUndefined()
  expect(new UploadError('internal').toRecord()).not.toHaveProperty('stage')
  expect(new UploadError('internal', {}, { stage: 'guard' }).stage).toBe('guard')
  const error = new UploadError('internal', {}, { detail: 'odd', cause: 5 })
  const caught = UploadError.from(error, 'render-failed', { stage: 'render' })
  expect(caught).toMatchObject({ code: 'internal', stage: 'render', detail: 'odd', cause: 5 })
  expect(UploadError.from(caught, 'internal', { stage: 'store' })).toBe(caught)
})

test('the file that is meant is told with the error, through threads too', () => {
  const error = UploadError.from(new UploadError('corrupt', {}, { detail: 'IHDR' }), 'internal', {
    file: 'cat.png',
  })
  expect(error).toMatchObject({ code: 'corrupt', stage: 'probe', file: 'cat.png', detail: 'IHDR' })
  expect(UploadError.from(error, 'internal', { file: 'dog.png' })).toBe(error)
  expect(UploadError.fromRecord(error.toRecord())).toMatchObject({ file: 'cat.png' })
  expect(JSON.parse(JSON.stringify(error)).file).toBe('cat.png')
  expect(new UploadError('corrupt').toJSON()).not.toHaveProperty('file')
})
