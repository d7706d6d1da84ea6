import { UploadError } from '@sluice/core'
import { decided, idsOf, mayPass } from '@sluice/jobs'
import { expect, test } from 'vitest'

const id = '0123456789abcdef0123456789abcdef'

test.each([
  [{ id }, [id]],
  [{ action: 'PutObject', bucket: 'q', object: { key: `quarantine/${id}`, size: 1, eTag: 'x' } }, [id]],
  [{ action: 'DeleteObject', object: { key: `quarantine/${id}` } }, []],
  [{ Records: [{ eventName: 'ObjectCreated:Put', s3: { object: { key: `quarantine%2F${id}` } } }] }, [id]],
  [{ Records: [{ eventName: 's3:ObjectCreated:Put', s3: { object: { key: `quarantine/${id}` } } }] }, [id]],
  [{ Records: [{ eventName: 'ObjectRemoved:Delete', s3: { object: { key: `quarantine/${id}` } } }] }, []],
  [{ Records: [{ eventName: 'ObjectCreated:Put', s3: { object: { key: '%zz' } } }] }, []],
  [{ Records: [{}] }, []],
  [{ Records: 'x' }, []],
  [{ Event: 's3:TestEvent' }, []],
  [{ action: 'PutObject', object: { key: `elsewhere/${id}` } }, []],
  [{ action: 'PutObject', object: { key: `quarantine/${id}/../x` } }, []],
  [{ id: `../${id}` }, []],
  [{ id: 7 }, []],
  [null, []],
  ['text', []],
])('%j is about %j', (message, ids) => {
  expect(idsOf(message, 'quarantine/')).toEqual(ids)
})

test('only what may pass by itself goes back to the queue', async () => {
  const passing = ['store-failed', 'busy', 'aborted', 'internal', 'renderer-unavailable'] as const
  for (const code of passing) {
    const error = new UploadError(code, { retryAfter: 1 })
    expect(mayPass(error)).toBe(true)
    await expect(decided(() => Promise.reject(error))({ id }, {})).rejects.toBe(error)
  }
  const refusals = [
    'corrupt',
    'too-costly',
    'too-many-scans',
    'rejected',
    'store-conflict',
    'timed-out',
    'forbidden',
  ] as const
  for (const code of refusals) {
    const refused = await decided(() => Promise.reject(new UploadError(code, {}, { detail: 'why' })))(
      { id },
      {},
    )
    expect(refused).toMatchObject({ id, refused: { code, detail: 'why' } })
    expect(JSON.parse(JSON.stringify(refused))).toEqual(refused)
  }
  await expect(decided(() => Promise.reject(new TypeError('x')))({ id }, {})).rejects.toThrow(TypeError)
})
