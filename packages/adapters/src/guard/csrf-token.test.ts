import { expect, test } from 'vitest'
import { csrfTokenGuard, issueCsrfToken } from './csrf-token.js'

const secret = 'a secret of at least 32 characters'
const guard = csrfTokenGuard({ secret })
const headersWith = (cookie: string, header?: string) =>
  new Headers({ cookie, ...(header === undefined ? {} : { 'x-csrf-token': header }) })
const refused = expect.objectContaining({ code: 'csrf-token', status: 403 })

test('a token that comes back in the header passes', async () => {
  const token = await issueCsrfToken(secret, 'ann')
  const headers = headersWith(`a=1; __Host-upload-csrf=${token}; b=2`, token)
  expect(await guard.byHeader(headers, 'ann')).toBe(true)
})

test('or in a form field', async () => {
  const token = await issueCsrfToken(secret)
  const headers = headersWith(`__Host-upload-csrf=${token}`)
  expect(await guard.byHeader(headers, undefined)).toBe(false)
  await guard.byField(headers, undefined, { csrf: token })
})

test('tokens never repeat', async () => {
  expect(await issueCsrfToken(secret)).not.toBe(await issueCsrfToken(secret))
})

test('anything else is refused', async () => {
  const token = await issueCsrfToken(secret, 'ann')
  const other = await issueCsrfToken(secret, 'ann')
  const forged = await issueCsrfToken('another secret of 32 characters or so', 'ann')
  const cookie = (value: string) => `__Host-upload-csrf=${value}`
  const cases: [Headers, string][] = [
    [headersWith('', token), 'ann'],
    [headersWith(cookie(other), token), 'ann'],
    [headersWith(cookie(forged), forged), 'ann'],
    [headersWith(cookie(token), token), 'bob'],
    [headersWith(cookie(token.slice(0, -1)), token.slice(0, -1)), 'ann'],
    [headersWith(cookie(''), ''), 'ann'],
    [headersWith(cookie('.'), '.'), 'ann'],
    [headersWith(`x${cookie(token)}`, token), 'ann'],
  ]
  for (const [headers, user] of cases) await expect(guard.byHeader(headers, user)).rejects.toEqual(refused)
  for (const fields of [{}, { csrf: [token, token] }])
    await expect(guard.byField(headersWith(cookie(token)), 'ann', fields)).rejects.toEqual(refused)
})

test('names can be chosen, a short secret is refused at start', async () => {
  const named = csrfTokenGuard({ secret, cookie: 'c', header: 'x-t', field: 'f' })
  const token = await issueCsrfToken(secret)
  expect(await named.byHeader(new Headers({ cookie: `c=${token}`, 'x-t': token }), undefined)).toBe(true)
  await named.byField(new Headers({ cookie: `c=${token}` }), undefined, { f: token })
  expect(() => csrfTokenGuard({ secret: 'x'.repeat(31) })).toThrow(/csrf\.token\.secret/)
  expect(() => csrfTokenGuard({ secret: 'x'.repeat(32) })).not.toThrow()
})
