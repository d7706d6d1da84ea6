import pino from 'pino'
import { expect, test, vi } from 'vitest'
import { endpoint, post } from '../../test/endpoint.js'
import { pngImage } from '../../test/images.js'
import { file } from '../../test/multipart-body.js'

const png = pngImage()

test('pino takes them as they are, and no name can forge a line', async () => {
  const lines: string[] = []
  const logger = pino({ base: null }, { write: (line: string) => lines.push(line) })
  const { handler } = endpoint({ onEvent: logger })
  const head = `${file('').head.split('filename')[0]}filename*=UTF-8''x%0D%0A%7B%22event%22:%22upload.accepted%22%7D.png`
  await handler(post([{ head, content: 'hello' }]))
  await handler(post())
  expect(lines).toHaveLength(3)
  expect(lines.map(line => JSON.parse(line))).toMatchObject([
    { level: 30, event: 'endpoint.started' },
    {
      level: 40,
      event: 'upload.refused',
      code: 'format-unknown',
      input: { name: 'x_eventupload.accepted.png' },
    },
    { level: 30, event: 'upload.accepted' },
  ])
})

test('console takes them as they are', async () => {
  const info = vi.spyOn(console, 'info').mockImplementation(() => {})
  await endpoint({ onEvent: console }).handler(post())
  expect(info).toHaveBeenCalledWith(expect.objectContaining({ event: 'upload.accepted' }))
  info.mockRestore()
})

test.each([
  [
    'throws',
    () => {
      throw new Error('full')
    },
  ],
  ['rejects', () => Promise.reject(new Error('full'))],
])('a logger that %s changes nothing, and is heard of on the console', async (_, onEvent) => {
  const said = vi.spyOn(console, 'error').mockImplementation(() => {})
  const { handler } = endpoint({ onEvent })
  expect((await handler(post())).status).toBe(201)
  expect((await handler(post([file('x')]))).status).toBe(415)
  expect(said.mock.calls).toEqual(Array(3).fill(['upload options: onEvent failed:', new Error('full')]))
  said.mockRestore()
})

test('refused by the guard, there is one event too', async () => {
  const { handler, events } = endpoint()
  await handler(post([file(png)], { 'sec-fetch-site': 'cross-site' }))
  expect(events).toEqual([
    expect.objectContaining({
      event: 'upload.refused',
      code: 'cross-site',
      stage: 'guard',
      policyVersion: '',
    }),
  ])
})

test.each([
  [
    'rate-limited',
    { addressLimits: { requests: { consume: () => Promise.reject({ msBeforeNext: 1 }) } } },
    {},
  ],
  [
    'rate-limited',
    { rateLimit: { consume: () => Promise.reject({ msBeforeNext: 1 }) } },
    { role: 'a', user: 'ann' },
  ],
  ['forbidden', { policies: { admin: {} } }, { role: 'a', user: 'ann' }],
  ['csrf-token', { csrf: { token: { secret: 's'.repeat(32) } } }, { role: 'a', user: 'ann' }],
  ['too-large', { policy: { maxBytes: 10 } }, { role: 'a', user: 'ann' }],
])('the event of %s says who and from where, as far as it was known', async (code, options, who) => {
  const { handler, events } = endpoint({ authorize: () => ({ role: 'a', user: 'ann' }), ...options })
  await handler(post(), { remoteAddr: { hostname: '2001:db8::1' } })
  expect(events).toMatchObject([{ code, context: { address: '2001:db8:0:0::/64', ...who } }])
  expect(Object.keys(events[0]?.context ?? {})).toEqual(['address', ...Object.keys(who)])
})
