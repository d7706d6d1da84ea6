import { boundary, formType } from '../../packages/adapters/test/multipart-body.js'
import type { Sent } from './client.js'
import { content } from './requests/content.js'
import { failures } from './requests/failures.js'
import { guard } from './requests/guard.js'
import { images } from './requests/images.js'
import { limits } from './requests/limits.js'
import { form, type Row } from './requests/row.js'
import { shapes } from './requests/shapes.js'

/** What is sent, in this order, and what must come back: the same in every framework and runtime. */
export const rows: readonly Row[] = [...images, ...shapes, ...limits, ...content, ...guard, ...failures]

/** A form whose body stops half way, with everything announced. */
export const unfinished = { path: '/impatient', type: formType, body: form().body, boundary }
export const slowUpload: Sent = {
  path: '/one-at-a-time',
  headers: { 'content-type': formType },
  body: form().body,
}
