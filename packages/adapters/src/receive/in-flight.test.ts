import { expect, test } from 'vitest'
import { endpoint, post } from '../../test/endpoint.js'
import { leaseBytes } from './in-flight.js'

const busy = expect.objectContaining({
  code: 'busy',
  status: 503,
  stage: 'receive',
  params: { retryAfter: 5 },
})

test('what is reserved is held until it is released, and counts for every endpoint of the process', () => {
  const [one, other] = [leaseBytes(1000), leaseBytes(800)]
  one.reserve(600)
  expect(() => other.reserve(201)).toThrowError(busy)
  other.reserve(200)
  one.release()
  one.release()
  const more = leaseBytes(1000)
  expect(() => more.reserve(801)).toThrowError(busy)
  more.reserve(800)
  for (const lease of [other, more]) lease.release()
})

test('without a length it grows with what arrives, and a length that is exceeded grows too', () => {
  const [held, growing] = [leaseBytes(1000), leaseBytes(1000)]
  held.reserve(500)
  growing.reserve(0)
  growing.arrived(300)
  growing.arrived(200)
  expect(() => growing.arrived(1)).toThrowError(busy)
  growing.release()
  held.arrived(500)
  held.arrived(500)
  expect(() => held.arrived(1)).toThrowError(busy)
  held.release()
})

test('three hundred held bodies stay under the budget; who is over it is told before a byte is read', async () => {
  const bodyBytes = 8000
  const { handler, events } = endpoint({
    policy: { maxBytes: bodyBytes },
    maxInFlightBytes: 10 * bodyBytes,
    maxConcurrent: 1000,
  })
  let pulled = 0
  const held: ReadableStreamDefaultController<Uint8Array>[] = []
  const answers = Array.from({ length: 300 }, () => {
    const body = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          if (pulled === 10) throw new Error('a body was read that no place was left for')
          pulled++
          held.push(controller)
          controller.enqueue(new Uint8Array(bodyBytes - 1))
          return new Promise(() => {})
        },
      },
      { highWaterMark: 0 },
    )
    const { headers } = post()
    headers.set('content-length', String(bodyBytes))
    headers.set('content-type', 'image/png')
    const init = { method: 'POST', body, headers, duplex: 'half' } as RequestInit
    return handler(new Request('https://here.example/images', init))
  })
  const refused = await Promise.all(answers.slice(10))
  expect(refused.map(({ status }) => status)).toEqual(Array(290).fill(503))
  expect(refused[0]?.headers.get('retry-after')).toBe('5')
  expect(events).toHaveLength(290)
  expect(pulled).toBe(10)
  for (const controller of held) controller.error(new Error('gone'))
  await Promise.all(answers)
  expect((await handler(post())).status).toBe(201)
})
