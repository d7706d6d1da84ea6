import { UploadError } from '@sluice/core'
import { OptionError } from '../option-error.js'
import type { CsrfOptions } from './csrf-options.js'
import type { Incoming } from './incoming.js'

/** Content types that a form of any site can post without asking first (Fetch standard, CORS-safelisted). */
const formTypes = ['multipart/form-data', 'application/x-www-form-urlencoded', 'text/plain', '']

export type OriginGuard = (incoming: Incoming) => void

/**
 * Refuses requests that a page of another site makes a browser send, by Sec-Fetch-Site and Origin (as Go's
 * CrossOriginProtection does; OWASP ASVS 5.0, 3.5.1). No browser of today posts to another origin without
 * one of the two, so that a form with neither comes from a program. One that carries what a browser adds by
 * itself (cookies, passwords, certificates) is refused all the same: it may be an old browser.
 * @throws OptionError at start; UploadError `cross-site`, `origin-missing`
 */
export function crossOriginGuard(options: Omit<CsrfOptions, 'token'> = {}): OriginGuard {
  const { trustedOrigins = [], requireOrigin = false } = options
  if (!Array.isArray(trustedOrigins))
    throw new OptionError('csrf.trustedOrigins', 'must be a list of origins such as https://app.example')
  for (const origin of trustedOrigins)
    if (!isSerialised(origin))
      throw new OptionError(
        'csrf.trustedOrigins',
        `must be whole origins such as https://app.example, not ${origin}`,
      )
  if (typeof requireOrigin !== 'boolean') throw new OptionError('csrf.requireOrigin', 'must be true or false')
  return incoming => {
    const { headers, host } = incoming
    const site = headers.get('sec-fetch-site')
    const origin = headers.get('origin')
    if (site === 'same-origin' || site === 'none') return
    if (origin !== null && trustedOrigins.includes(origin)) return
    if (site === null && origin === null) {
      if (formTypes.includes(mediaType(headers))) requireProgram(incoming, requireOrigin)
      return
    }
    // Browsers from before 2023 send only Origin; the scheme that they saw is hidden by proxies, so hosts are
    // compared.
    if (site === null && origin !== null && isSerialised(origin) && new URL(origin).host === host) return
    throw new UploadError('cross-site')
  }
}

/** @throws UploadError `origin-missing` where it is not certain that no browser of a visitor sent this */
function requireProgram({ headers, clientCertificate }: Incoming, requireOrigin: boolean): void {
  /** @param credential a header, or what stands for one: the same word in every language */
  const refuse = (option: string, credential: string) => {
    throw new UploadError('origin-missing', { option, credential })
  }
  if (requireOrigin) refuse('csrf.requireOrigin', 'Content-Type')
  if (headers.has('cookie')) refuse('csrf', 'Cookie')
  // Bearer tokens are added by scripts alone; Basic, Digest and Negotiate by the browser itself.
  const authorization = headers.get('authorization')
  if (authorization !== null && !/^bearer /i.test(authorization)) refuse('csrf', 'Authorization (not Bearer)')
  if (clientCertificate) refuse('csrf', 'client certificate')
}

/** Compared as whole strings: no path, no user name, no upper case, nothing that a parser would mend. */
function isSerialised(origin: string): boolean {
  return URL.canParse(origin) && new URL(origin).origin === origin
}

function mediaType(headers: Headers): string {
  return (headers.get('content-type') ?? '').split(';', 1).join('').trim().toLowerCase()
}
