import { expect, test } from 'vitest'
import { peerOf } from './peer.js'

const request = new Request('https://here.example/')
const socket = (certificate?: object | null) => ({
  remoteAddress: '1.2.3.4',
  ...(certificate === undefined ? {} : { getPeerCertificate: () => certificate }),
})
const presented = (certPresented: string) =>
  Object.assign(new Request('https://here.example/'), { cf: { tlsClientAuth: { certPresented } } })

test.each([
  ['nothing', request, undefined, undefined, false],
  ['Deno', request, { remoteAddr: { hostname: '1.2.3.4' } }, '1.2.3.4', false],
  ['Bun', request, { requestIP: () => ({ address: '1.2.3.4' }) }, '1.2.3.4', false],
  ['Bun, by a Unix socket', request, { requestIP: () => null }, undefined, false],
  ['Node', request, { incoming: { socket: socket() } }, '1.2.3.4', false],
  ['Node, TLS', request, { incoming: { socket: socket({}) } }, '1.2.3.4', false],
  ['Node, TLS that is closed', request, { incoming: { socket: socket(null) } }, '1.2.3.4', false],
  ['Node, client certificate', request, { incoming: { socket: socket({ subject: {} }) } }, '1.2.3.4', true],
  ['Cloudflare', presented('0'), {}, undefined, false],
  ['Cloudflare, client certificate', presented('1'), {}, undefined, true],
])('%s', (_, given, env, address, clientCertificate) => {
  expect(peerOf(given, env)).toEqual({ address, clientCertificate })
})
