import { expect, test } from 'vitest'
import { clientAddress } from './client-address.js'

const request = { method: 'POST', host: 'here.example', clientCertificate: false }
const from = (trustProxy: number | string | undefined, address: string | undefined, headers = {}) =>
  clientAddress(trustProxy)({ ...request, headers: new Headers(headers), address })
const forwarded = { 'x-forwarded-for': '1.1.1.1, 2.2.2.2,3.3.3.3' }

test.each([
  [undefined, '9.9.9.9'],
  [0, '9.9.9.9'],
  [1, '3.3.3.3'],
  [2, '2.2.2.2'],
  [3, '1.1.1.1'],
  // More proxies than there are entries: the header is not what was promised.
  [4, '9.9.9.9'],
])('behind %s proxies the client is %s', (proxies, client) => {
  expect(from(proxies, '9.9.9.9', forwarded)).toBe(client)
})

test('a header of the platform is believed where it is named', () => {
  expect(from('cf-connecting-ip', undefined, { 'cf-connecting-ip': '5.5.5.5' })).toBe('5.5.5.5')
  expect(from('cf-connecting-ip', '9.9.9.9')).toBe('unknown')
})

test.each([
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::ffff', '2001:db8:1:2::/64'],
  ['2001:DB8:0001:0002::1', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::ffff:10.0.0.1', '10.0.0.1'],
  ['10.0.0.1', '10.0.0.1'],
  ['', 'unknown'],
  ['1.2.3.4:5678', '1.2.3.4'],
  ['::ffff:1.2.3.4', '1.2.3.4'],
  ['[::ffff:1.2.3.4]:5678', '1.2.3.4'],
  ['::ffff:102:304', '1.2.3.4'],
  ['[::1]:80', '0:0:0:0::/64'],
  ['[2001:db8:1:2::9]', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::9:80', '2001:db8:1:2::/64'],
  ['1.2.3.4:', 'unknown'],
  ['[::1', 'unknown'],
  ['1.2.3.4:5678', '1.2.3.4'],
  ['::ffff:1.2.3.4', '1.2.3.4'],
  ['[::ffff:1.2.3.4]:5678', '1.2.3.4'],
  ['::ffff:102:304', '1.2.3.4'],
  ['[::1]:80', '0:0:0:0::/64'],
  ['[2001:db8:1:2::9]', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::9:80', '2001:db8:1:2::/64'],
  ['1.2.3.4:', 'unknown'],
  ['[::1', 'unknown'],
  ['unix:', 'unknown'],
  ['::::', 'unknown'],
  ['evil\r\nx', 'unknown'],
])('%s counts as %s', (address, key) => {
  expect(from(0, address)).toBe(key)
})

test("the framework's own setting counts where ours is not set", () => {
  const incoming = { ...request, headers: new Headers(forwarded), address: '9.9.9.9', proxiedFor: '4.4.4.4' }
  expect(clientAddress(undefined)(incoming)).toBe('4.4.4.4')
  expect(clientAddress(0)(incoming)).toBe('9.9.9.9')
  expect(clientAddress(2)(incoming)).toBe('2.2.2.2')
})

test("the framework's own setting counts where ours is not set", () => {
  const incoming = { ...request, headers: new Headers(forwarded), address: '9.9.9.9', proxiedFor: '4.4.4.4' }
  expect(clientAddress(undefined)(incoming)).toBe('4.4.4.4')
  expect(clientAddress(0)(incoming)).toBe('9.9.9.9')
  expect(clientAddress(2)(incoming)).toBe('2.2.2.2')
})

test.each([-1, 1.5, 17, Number.NaN])('trustProxy %s is refused at start', proxies => {
  expect(() => clientAddress(proxies)).toThrow(/trustProxy/)
})
