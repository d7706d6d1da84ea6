import { unknownAddress } from '../limits/address-limits.js'
import { OptionError } from '../option-error.js'
import type { Incoming } from './incoming.js'

/** The address that limits are counted by. */
export type ClientAddress = (incoming: Incoming) => string

/** What proxies write the address of their client into, themselves or as it came. */
const forwardingHeaders = ['x-forwarded-for', 'forwarded', 'x-real-ip', 'cf-connecting-ip', 'true-client-ip']

/**
 * X-Forwarded-For can be written by anybody; only the entries that our own proxies appended are believed
 * (OWASP ASVS 5.0, 15.3.4): with one proxy the last entry, with two the last but one. Not set, the
 * framework's own setting counts where it has one.
 * @param unheard called once, with the header that came although nobody is to be believed
 */
export function clientAddress(
  trustProxy: number | string | undefined,
  unheard: (header: string) => void = () => {},
): ClientAddress {
  if (typeof trustProxy === 'string') {
    if (!headerName.test(trustProxy) || expressWords.includes(trustProxy)) throw wrongProxy(trustProxy)
    return ({ headers }) => addressOf(headers.get(trustProxy) ?? '')
  }
  const proxies = trustProxy ?? 0
  if (!Number.isSafeInteger(proxies) || proxies < 0 || proxies > 16) throw wrongProxy(trustProxy)
  if (trustProxy === undefined) return unconfigured(unheard)
  return ({ headers, address }) => {
    const forwarded = (headers.get('x-forwarded-for') ?? '').split(',').map(entry => entry.trim())
    const believed = proxies === 0 ? address : forwarded.at(-proxies)
    return addressOf(believed || address || '')
  }
}

/** RFC 9110, 5.6.2; without dots, so that no address passes for a header that never comes. */
const headerName = /^[!#$%&'*+\-^_`|~\w]+$/
/** What Express takes for `trust proxy`. */
const expressWords = ['loopback', 'linklocal', 'uniquelocal']

function wrongProxy(given: unknown): OptionError {
  return new OptionError(
    'trustProxy',
    'must be the number of proxies in front, 0 to 16, or the name of a header that the platform itself sets, ' +
      `such as cf-connecting-ip, not ${JSON.stringify(given)}`,
  )
}

function unconfigured(unheard: (header: string) => void): ClientAddress {
  let told = false
  return ({ headers, address, proxiedFor }) => {
    if (proxiedFor !== undefined) return addressOf(proxiedFor)
    const header = told ? undefined : forwardingHeaders.find(name => headers.has(name))
    if (header !== undefined) {
      told = true
      unheard(header)
    }
    return addressOf(address ?? '')
  }
}

/**
 * A household has a whole /64 of IPv6 addresses: they count as one. What is no address counts as one
 * stranger. Ports, which some proxies write (`1.2.3.4:5678`, `[::1]:80`), are left out.
 */
function addressOf(entry: string): string {
  const ipv4 = /^(?:::ffff:)?(\d{1,3}(?:\.\d{1,3}){3})(?::\d{1,5})?$/i.exec(entry)?.[1]
  if (ipv4 !== undefined) return ipv4
  const address = /^\[([^\]]+)\](?::\d{1,5})?$/.exec(entry)?.[1] ?? entry
  const [host = ''] = address.split('%', 1)
  if (!/^[0-9a-f:.]{2,45}$/i.test(host) || !URL.canParse(`http://[${host}]/`)) return unknownAddress
  // The URL parser (WHATWG URL, 3.5) writes it in one way: lower case, at most one `::`.
  const [head = '', tail] = new URL(`http://[${host}]/`).hostname.slice(1, -1).split('::')
  const before = head.split(':').filter(group => group !== '')
  const after = (tail ?? '').split(':').filter(group => group !== '')
  const zeros = Array<string>(8 - before.length - after.length).fill('0')
  const groups = [...before, ...zeros, ...after]
  return mappedIpv4(groups) ?? `${groups.slice(0, 4).join(':')}::/64`
}

/** An IPv4 address in IPv6 (RFC 4291, 2.5.5.2), however it was written: `[::ffff:1.2.3.4]:5` too. */
function mappedIpv4(groups: readonly string[]): string | undefined {
  if (groups.slice(0, 6).join(':') !== '0:0:0:0:0:ffff') return undefined
  return groups
    .slice(6)
    .flatMap(group => {
      const value = Number.parseInt(group, 16)
      return [value >> 8, value & 255]
    })
    .join('.')
}
