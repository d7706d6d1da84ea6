import { UploadError, type Uploaded } from '@sluice/core'
import { expect, test, vi } from 'vitest'
import { type QueuedUpload, type SendControl, UploadQueue } from './upload-queue.js'

const uploaded = { key: 'a.webp' } as Uploaded
const fileOf = (name: string) => new File(['x'], name)

/** A queue whose sends and pauses are answered by the test. */
function setUp(concurrency?: number) {
  const states: string[] = []
  const sent: { name: string; control: SendControl; accept(): void; refuse(thrown: unknown): void }[] = []
  const pauses: { milliseconds: number; end(): void }[] = []
  const queue = new UploadQueue({
    send: (file, control) =>
      new Promise((resolve, reject) => {
        sent.push({ name: file.name, control, accept: () => resolve(uploaded), refuse: reject })
      }),
    onChange: ({ file, state }) => states.push(`${file.name} ${state}`),
    pause: (milliseconds, signal) =>
      new Promise(resolve => {
        pauses.push({ milliseconds, end: resolve })
        signal.addEventListener('abort', () => resolve())
      }),
    ...(concurrency && { concurrency: () => concurrency }),
  })
  return { queue, sent, pauses, states }
}

const until = (upload: QueuedUpload, state: string) => vi.waitFor(() => expect(upload.state).toBe(state))

test('sends two at a time, in the order in which they came', async () => {
  const { queue, sent } = setUp()
  const [a, , c] = ['a', 'b', 'c'].map(name => queue.add(fileOf(name)))
  expect(sent.map(({ name }) => name)).toEqual(['a', 'b'])
  sent[0]?.control.onProgress(0.5)
  expect([a?.progress, c?.state, queue.isBusy]).toEqual([0.5, 'waiting', true])
  sent[0]?.accept()
  if (a) await until(a, 'uploaded')
  expect([sent.map(({ name }) => name), a?.uploaded]).toEqual([['a', 'b', 'c'], uploaded])
  for (const { accept } of sent) accept()
  await vi.waitFor(() => expect(queue.isBusy).toBe(false))
})

test.each(['connection-lost', 'busy', 'too-many-uploads'] as const)(
  'sends again what fails by %s, four times in all, later each time',
  async code => {
    const { queue, sent, pauses } = setUp()
    const upload = queue.add(fileOf('a'))
    for (let attempt = 1; attempt < 4; attempt++) {
      sent.at(-1)?.refuse(new UploadError(code))
      await until(upload, 'pausing')
      expect(upload.error?.code).toBe(code)
      pauses.at(-1)?.end()
      await vi.waitFor(() => expect(sent).toHaveLength(attempt + 1))
    }
    sent.at(-1)?.refuse(new UploadError(code))
    await until(upload, 'refused')
    expect(sent).toHaveLength(4)
    for (const [at, least] of [1000, 2000, 4000].entries()) {
      expect(pauses[at]?.milliseconds).toBeGreaterThanOrEqual(least)
      expect(pauses[at]?.milliseconds).toBeLessThanOrEqual(least * 1.25)
    }
  },
)

test('waits as long as the server says, up to a minute; longer is a refusal', async () => {
  const { queue, sent, pauses } = setUp()
  const short = queue.add(fileOf('a'))
  sent[0]?.refuse(new UploadError('rate-limited', { retryAfter: 60 }))
  await until(short, 'pausing')
  expect(pauses[0]?.milliseconds).toBeGreaterThanOrEqual(60_000)
  const long = queue.add(fileOf('b'))
  sent[1]?.refuse(new UploadError('rate-limited', { retryAfter: 61 }))
  await until(long, 'refused')
})

test('a pause holds no place', async () => {
  const { queue, sent } = setUp(1)
  const first = queue.add(fileOf('a'))
  queue.add(fileOf('b'))
  sent[0]?.refuse(new UploadError('busy'))
  await until(first, 'pausing')
  expect(sent.map(({ name }) => name)).toEqual(['a', 'b'])
})

test('what is wrong with the file is refused once; by hand it can be sent again', async () => {
  const { queue, sent } = setUp()
  const upload = queue.add(fileOf('a'))
  sent[0]?.refuse(new UploadError('too-many-pixels'))
  await until(upload, 'refused')
  expect([upload.error?.code, sent.length]).toEqual(['too-many-pixels', 1])
  queue.retry(upload)
  expect([upload.state, upload.error, sent.length]).toEqual(['sending', undefined, 2])
  sent[1]?.refuse(new RangeError('a bug'))
  await until(upload, 'refused')
  expect(upload.error).toMatchObject({ code: 'internal', detail: 'RangeError: a bug' })
})

test('cancelling stops it wherever it is, and what comes later has no say', async () => {
  const { queue, sent } = setUp(1)
  const [a, b] = [queue.add(fileOf('a')), queue.add(fileOf('b'))]
  queue.cancel(b)
  queue.cancel(a)
  expect([a.state, b.state, sent[0]?.control.signal.aborted, queue.isBusy]).toEqual([
    'cancelled',
    'cancelled',
    true,
    false,
  ])
  sent[0]?.accept()
  sent[0]?.control.onProgress(1)
  const c = queue.add(fileOf('c'))
  sent.at(-1)?.refuse(new UploadError('busy'))
  await until(c, 'pausing')
  queue.cancel(c)
  await until(c, 'cancelled')
  expect([a.state, a.uploaded, a.progress]).toEqual(['cancelled', undefined, 0])
})

test('what is removed is forgotten', () => {
  const { queue, sent } = setUp()
  const upload = queue.add(fileOf('a'))
  queue.remove(upload)
  expect([queue.uploads, sent[0]?.control.signal.aborted]).toEqual([[], true])
  queue.retry(upload)
  expect(sent).toHaveLength(1)
})
