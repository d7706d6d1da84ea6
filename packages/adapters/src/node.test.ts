import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test, vi } from 'vitest'
import { nodeListener } from './node.js'

let server: Server | undefined
afterEach(() => server?.close())

async function statusOf(
  handler: Parameters<typeof nodeListener>[0],
  options: { readonly method?: string; readonly host?: string } = {},
): Promise<number | undefined> {
  const { method = 'GET', host = 'here.example' } = options
  server = createServer(nodeListener(handler))
  await new Promise<void>(resolve => server?.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return new Promise((resolve, reject) => {
    const sent = request({ port, host: '127.0.0.1', method, headers: { host }, agent: false }, response => {
      response.resume()
      resolve(response.statusCode)
    })
    sent.on('error', reject).end()
  })
}

test.each([
  ['a forbidden method', { method: 'TRACE' }],
  ['a Host that is none', { host: 'a b' }],
])('%s is the mistake of the client: 400, and no handler sees it', async (_, options) => {
  const handler = vi.fn()
  expect(await statusOf(handler, options)).toBe(400)
  expect(handler).not.toHaveBeenCalled()
})

test.each([
  ['throws', () => Promise.reject(new TypeError('a bug'))],
  ['answers with a body that breaks off', () => new Response(failing(new TypeError('a bug')))],
])(
  'a handler of the application that %s is not: 500, and the console says what it was',
  async (_, handler) => {
    const said = vi.spyOn(console, 'error').mockImplementation(() => {})
    expect(await statusOf(handler)).toBe(500)
    expect(said.mock.calls).toEqual([['nodeListener: the handler failed:', new TypeError('a bug')]])
    said.mockRestore()
  },
)

function failing(error: Error): ReadableStream<Uint8Array> {
  return new ReadableStream({ pull: source => source.error(error) })
}
