import { OptionError } from '../option-error.js'
import type { Incoming } from './incoming.js'

/** The address that limits are counted by. */
export type ClientAddress = (incoming: Incoming) => string

/**
 * X-Forwarded-For can be written by anybody; only the entries that our own proxies appended are believed
 * (OWASP ASVS 5.0, 15.3.4): with one proxy the last entry, with two the last but one.
 */
export function clientAddress(trustProxy: number | string = 0): ClientAddress {
  if (typeof trustProxy === 'string') return ({ headers }) => addressKey(headers.get(trustProxy) ?? '')
  if (!Number.isSafeInteger(trustProxy) || trustProxy < 0 || trustProxy > 16)
    throw new OptionError('trustProxy', 'must be a number of proxies from 0 to 16 or the name of a header')
  return ({ headers, address }) => {
    const forwarded = (headers.get('x-forwarded-for') ?? '').split(',').map(entry => entry.trim())
    const believed = trustProxy === 0 ? address : forwarded.at(-trustProxy)
    return addressKey(believed || address || '')
  }
}

/**
 * A household has a whole /64 of IPv6 addresses: they count as one. What is no address counts as one
 * stranger.
 */
function addressKey(address: string): string {
  const ipv4 = /^(?:::ffff:)?(\d{1,3}(?:\.\d{1,3}){3})$/i.exec(address)?.[1]
  if (ipv4 !== undefined) return ipv4
  const [host = ''] = address.split('%', 1)
  if (!/^[0-9a-f:]{2,39}$/i.test(host) || !URL.canParse(`http://[${host}]/`)) return 'unknown'
  // The URL parser (WHATWG URL, 3.5) writes it in one way: lower case, at most one `::`.
  const [head = '', tail] = new URL(`http://[${host}]/`).hostname.slice(1, -1).split('::')
  const before = head.split(':').filter(group => group !== '')
  const after = (tail ?? '').split(':').filter(group => group !== '')
  const zeros = Array<string>(8 - before.length - after.length).fill('0')
  return `${[...before, ...zeros, ...after].slice(0, 4).join(':')}::/64`
}
