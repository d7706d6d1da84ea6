import { UploadError } from '@sluice/core'
import { OptionError } from '../option-error.js'

/** Content types that a form of any site can post without asking first (Fetch standard, CORS-safelisted). */
const formTypes = ['multipart/form-data', 'application/x-www-form-urlencoded', 'text/plain', '']

/**
 * Refuses requests that a page of another site makes a browser send, by Sec-Fetch-Site and Origin (as Go's
 * CrossOriginProtection does; OWASP ASVS 5.0, 3.5.1). Unlike there, a form post that carries neither is
 * refused.
 */
export function crossOriginGuard(trustedOrigins: readonly string[] = []): (headers: Headers) => void {
  for (const origin of trustedOrigins)
    if (!isSerialised(origin))
      throw new OptionError(
        'csrf.trustedOrigins',
        `must be whole origins such as https://app.example, not ${origin}`,
      )
  return headers => {
    const site = headers.get('sec-fetch-site')
    if (site === 'same-origin' || site === 'none') return
    const origin = headers.get('origin')
    if (origin !== null && trustedOrigins.includes(origin)) return
    // Browsers from before 2023 send only Origin; the scheme that they saw is hidden by proxies, so hosts are
    // compared.
    if (
      site === null &&
      origin !== null &&
      isSerialised(origin) &&
      new URL(origin).host === headers.get('host')
    )
      return
    if (site === null && origin === null && !formTypes.includes(mediaType(headers))) return
    throw new UploadError('cross-site')
  }
}

/** Compared as whole strings: no path, no user name, no upper case, nothing that a parser would mend. */
function isSerialised(origin: string): boolean {
  return URL.canParse(origin) && new URL(origin).origin === origin
}

function mediaType(headers: Headers): string {
  return (headers.get('content-type') ?? '').split(';', 1).join('').trim().toLowerCase()
}
