import { field, file } from '../../../packages/adapters/test/multipart-body.js'
import { rendererCodes } from '../apps/endpoints.js'
import { form, png, type Row, row } from './row.js'

export const failures: readonly Row[] = [
  row({
    name: 'a scanner that refuses',
    path: '/rejecting',
    body: form(),
    expect: 'rejected',
    check: ({ text }) => text.includes('it shows a virus'),
  }),
  row({ name: 'a scanner that is down', path: '/broken-scanner', body: form(), expect: 'internal' }),
  row({ name: 'a session store that is down', path: '/broken-authorize', body: form(), expect: 'internal' }),
  row({ name: 'a database that is down', path: '/broken-record', body: form(), expect: 'internal' }),
  row({
    name: 'a record that the application refuses',
    path: '/refusing-record',
    body: form(),
    expect: 'forbidden',
  }),
  row({ name: 'a disk that is full', path: '/broken-store', body: form(), expect: 'store-failed' }),
  row({
    name: 'a name that is taken by other bytes',
    path: '/conflicting-store',
    body: form(),
    expect: 'store-conflict',
  }),
  row({
    name: 'a key for a repeated request that is none',
    path: '/repeats',
    body: form(),
    headers: { 'idempotency-key': '"' },
    expect: 'idempotency-key-invalid',
  }),
  row({
    name: 'a request under a key',
    path: '/repeats',
    body: form(),
    headers: { 'idempotency-key': '"one"' },
    expect: 201,
  }),
  row({
    name: 'another request under the same key',
    path: '/repeats',
    body: form([file(png), field('caption', 'other')]),
    headers: { 'idempotency-key': 'one' },
    expect: 'idempotency-key-reused',
  }),
  row({
    name: 'a renderer that gives nothing',
    path: '/lying-renderer',
    body: form(),
    expect: 'verify-failed',
  }),
  ...rendererCodes.map(code =>
    row({ name: `a renderer that ends with ${code}`, path: `/render/${code}`, body: form(), expect: code }),
  ),
]
