import { expect, test, vi } from 'vitest'
import { codeOf, endpoint, post } from '../../test/endpoint.js'
import { file } from '../../test/multipart-body.js'
import type { LogEvent } from '../events/endpoint-event.js'
import type { UploadOptions } from '../options.js'

const from = (address: string) => ({ remoteAddr: { hostname: address } })
const statuses = async (count: number, send: () => Promise<Response>) => {
  const found: number[] = []
  for (let turn = 0; turn < count; turn++) found.push((await send()).status)
  return found
}
/** A limiter that remembers what it was asked for. */
function counting(points: number) {
  const asked: [string, number][] = []
  let left = points
  return {
    asked,
    async consume(key: string, amount = 1) {
      asked.push([key, amount])
      left -= amount
      if (left < 0) throw { msBeforeNext: 1500 }
      return {}
    },
  }
}

test('with nothing set, an address has sixty uploads a minute; a /64 is one address', async () => {
  const { handler } = endpoint()
  const neighbours = ['2001:db8::1', '2001:db8::2']
  expect(await statuses(60, () => handler(post(), from(neighbours[0] ?? '')))).toEqual(Array(60).fill(201))
  const refused = await handler(post(), from(neighbours[1] ?? ''))
  expect([refused.status, await codeOf(refused)]).toEqual([429, 'rate-limited'])
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  expect((await handler(post(), from('2001:db8:0:1::1'))).status).toBe(201)
})

test('who may upload is not asked again and again', async () => {
  const authorize = vi.fn(() => null)
  const { handler, events } = endpoint({ authorize })
  expect(await statuses(70, () => handler(post(), from('9.9.9.9')))).toEqual([
    ...Array(60).fill(401),
    ...Array(10).fill(429),
  ])
  expect(authorize).toHaveBeenCalledTimes(60)
  expect(events.at(-1)).toMatchObject({ code: 'rate-limited', context: { address: '9.9.9.9' } })
})

test('bytes are charged as they arrive: a form that ends malformed is not free', async () => {
  const [byAddress, byUser] = [counting(5e6), counting(3e6)]
  const { handler } = endpoint({
    authorize: () => ({ role: 'author', user: 'ann' }),
    addressLimits: { bytes: byAddress },
    quota: { bytes: byUser },
  })
  const megabyte = new Uint8Array(2 ** 20)
  const malformed = (chunks: number) => {
    let sent = 0
    const body = new ReadableStream<Uint8Array>({
      pull: source => (sent++ < chunks ? source.enqueue(megabyte) : source.close()),
    })
    const init = { method: 'POST', body, headers: post().headers, duplex: 'half' } as RequestInit
    return handler(new Request('https://here.example/', init), from('9.9.9.9'))
  }
  expect(await codeOf(await malformed(2))).toBe('malformed-body')
  expect(byUser.asked.reduce((sum, [, amount]) => sum + amount, 0)).toBeGreaterThanOrEqual(2 ** 20)
  expect(new Set(byUser.asked.map(([key]) => key))).toEqual(new Set(['user:ann']))
  expect(new Set(byAddress.asked.map(([key]) => key))).toEqual(new Set(['address:9.9.9.9']))
  const codes = [
    await codeOf(await malformed(4)),
    await codeOf(await malformed(4)),
    await codeOf(await malformed(4)),
  ]
  expect(codes.at(-1)).toBe('quota-exceeded')
})

test('files are charged one by one, and what no address is known of is not counted', async () => {
  const files = counting(3)
  const { handler } = endpoint({ maxFiles: 3, quota: { files } })
  expect((await handler(post([file('x'), file('y')]))).status).toBe(415)
  expect(files.asked).toEqual([
    ['address:unknown', 1],
    ['address:unknown', 1],
  ])
  expect(await statuses(70, () => handler(post([])))).toEqual(Array(70).fill(400))
})

const told = (options: Partial<UploadOptions<Request>>) => {
  const events: LogEvent[] = []
  const { handler } = endpoint({ ...options, onEvent: event => events.push(event) })
  const messages = () => events.flatMap(event => ('id' in event ? [] : [`${event.event}: ${event.message}`]))
  return { handler, messages }
}

test('the limits are told at start', () => {
  const defaults =
    /^endpoint\.started: .*each address in this process 60 uploads a minute and 500 MiB an hour \(addressLimits\); at most \d+ MiB of bodies at a time/
  expect(told({}).messages()).toEqual([expect.stringMatching(defaults)])
  expect(told({ addressLimits: false }).messages()[0]).toContain('no limits by address')
  const requests = counting(1)
  expect(told({ addressLimits: { requests } }).messages()[0]).toContain(
    'a limiter of yours and 500 MiB an hour',
  )
})

test('a forwarding header that nobody is to believe is told once', async () => {
  const behind = post([], { 'x-forwarded-for': '1.2.3.4' })
  const unset = told({})
  for (let turn = 0; turn < 3; turn++) await unset.handler(behind.clone(), from('127.0.0.1'))
  expect(unset.messages().slice(1)).toEqual([
    expect.stringMatching(/^endpoint\.warning: .*x-forwarded-for.*trustProxy/),
  ])
  const set = told({ trustProxy: 0 })
  await set.handler(behind, from('127.0.0.1'))
  expect(set.messages()).toHaveLength(1)
})
