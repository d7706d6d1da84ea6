import { UploadError } from '@sluice/core'
import type { FormFields } from '../form.js'
import { OptionError } from '../option-error.js'
import type { CsrfTokenOptions } from './csrf-options.js'

/**
 * A signed double-submit token (OWASP CSRF Prevention Cheat Sheet): `<128 random bits>.<HMAC-SHA-256>`, bound
 * to the user. It goes into the cookie and comes back in a header or form field, which another site cannot
 * read or set.
 */
export async function issueCsrfToken(secret: string, user = ''): Promise<string> {
  const random = hex(crypto.getRandomValues(new Uint8Array(16)))
  return `${random}.${await sign(secret, user, random)}`
}

export interface CsrfTokenGuard {
  /** True where the header carries the right token, false where the form field has to. */
  byHeader(headers: Headers, user: string | undefined): Promise<boolean>
  byField(headers: Headers, user: string | undefined, fields: FormFields): Promise<void>
}

/** @throws OptionError at start; UploadError `csrf-token` */
export function csrfTokenGuard(options: CsrfTokenOptions): CsrfTokenGuard {
  const { secret, cookie = '__Host-upload-csrf', header = 'x-csrf-token', field = 'csrf' } = options
  if (typeof secret !== 'string' || secret.length < 32)
    throw new OptionError('csrf.token.secret', 'must have at least 32 characters')

  async function check(headers: Headers, user: string | undefined, sent: string) {
    const token = cookieOf(headers, cookie)
    const [random = '', signature = ''] = sent.split('.')
    const right = await sign(secret, user ?? '', random)
    if (token === undefined || !constantTimeEqual(token, sent) || !constantTimeEqual(signature, right))
      throw new UploadError('csrf-token')
  }
  return {
    async byHeader(headers, user) {
      const sent = headers.get(header)
      if (sent !== null) await check(headers, user, sent)
      return sent !== null
    },
    async byField(headers, user, fields) {
      // A token that came twice is none.
      const sent = fields[field]
      await check(headers, user, typeof sent === 'string' ? sent : '')
    },
  }
}

async function sign(secret: string, user: string, random: string): Promise<string> {
  const encoder = new TextEncoder()
  const key = await crypto.subtle.importKey(
    'raw',
    encoder.encode(secret),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign'],
  )
  return hex(new Uint8Array(await crypto.subtle.sign('HMAC', key, encoder.encode(`${random}.${user}`))))
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('')
}

/** Constant-time: does not reveal the position of the first difference. */
function constantTimeEqual(one: string, other: string): boolean {
  let difference = one.length ^ other.length
  for (let index = 0; index < one.length; index++)
    difference |= one.charCodeAt(index) ^ other.charCodeAt(index)
  return difference === 0
}

function cookieOf(headers: Headers, name: string): string | undefined {
  const pairs = (headers.get('cookie') ?? '').split(';').map(pair => pair.trim())
  return pairs.find(pair => pair.startsWith(`${name}=`))?.slice(name.length + 1)
}
