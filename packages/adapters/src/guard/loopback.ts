import { UploadError } from '@sluice/core'
import type { OriginGuard } from './cross-origin.js'

const loopbackAddress = /^(?:::ffff:)?127(?:\.\d{1,3}){3}$|^::1$/i
/** RFC 6761, 6.3: `localhost` and what ends in it never leave the machine. */
const loopbackHost = /^(?:(?:[\w-]+\.)*localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/i

/**
 * On a loopback connection, serves loopback names only. A page of another site whose name was pointed to
 * 127.0.0.1 meanwhile (DNS rebinding) is same-origin to the browser, and all that tells is the Host.
 * @param trustedOrigins their hosts are names of this server too
 * @param frameworkTrusted the framework's own setting may say that a proxy stands in front
 */
export function loopbackGuard(trustedOrigins: readonly string[] = [], frameworkTrusted = true): OriginGuard {
  const names = trustedOrigins.map(origin => new URL(origin).host)
  return ({ address = '', host, proxiedFor }) => {
    if (!loopbackAddress.test(address) || (frameworkTrusted && proxiedFor !== undefined)) return
    if (host === undefined || loopbackHost.test(host) || names.includes(host)) return
    const detail =
      'Host is no loopback name, on a loopback connection: behind a proxy set trustProxy, ' +
      'for other names of this machine csrf.trustedOrigins'
    throw new UploadError('cross-site', {}, { detail })
  }
}
