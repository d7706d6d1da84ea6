import { UploadError } from '@sluice/core'
import type { FieldRules } from './file-fields.js'
import { type Form, gatherFields, receivedFile } from './form.js'
import { type BodyLimits, limitedChunks, overLimit } from './limited-chunks.js'
import { parseMediaType } from './media-type.js'
import { type FormLimits, type FormOnlookers, readMultipart, wrongField } from './multipart.js'

/** Who looks on while a body comes in. What one of them throws refuses the request. */
export interface Onlookers extends FormOnlookers {
  /** Before the body is read, with its Content-Length; zero where it has none. */
  readonly announced: (bytes: number) => void
  readonly arrived: (bytes: number) => Promise<void>
}

/**
 * Takes the files and fields of a request into memory: a multipart form or the image itself as the body. What
 * a client says of its length is only used to refuse at once.
 * @throws UploadError of stage `receive`
 */
export async function receive(
  headers: Headers,
  reader: ReadableStreamDefaultReader<Uint8Array> | undefined,
  limits: FormLimits & BodyLimits,
  onlookers: Onlookers,
): Promise<Form> {
  const { type, boundary } = parseMediaType(headers.get('content-type'))
  const isForm = type === 'multipart/form-data'
  const encoding = headers.get('content-encoding') ?? 'identity'
  if (!(isForm || isRawImage(type)) || encoding !== 'identity')
    throw new UploadError('unsupported-media-type')
  if (isForm && boundary === undefined) throw new UploadError('malformed-body', {}, { detail: 'no boundary' })
  const bounds = isForm ? limits : imageBounds(limits)
  const length = Number(headers.get('content-length') ?? 0)
  if (length > bounds.maxBytes) throw overLimit(bounds)
  // Of several, or of what is no number, nothing is believed.
  const announced = Number.isSafeInteger(length) && length > 0 ? length : 0
  onlookers.announced(announced)
  // Some runtimes give no stream for a body of no bytes.
  const chunks = reader ? limitedChunks(reader, bounds, announced, onlookers.arrived) : nothing()
  if (boundary !== undefined && isForm) return readMultipart(chunks, boundary, limits, onlookers)
  const { fields } = gatherFields()
  await onlookers.beforeFile(fields)
  const whole: Uint8Array[] = []
  for await (const chunk of chunks) whole.push(chunk)
  return { files: [receivedFile(whole, onlyField(limits))], fields, otherFiles: [] }
}

/** Where the body is the image, it is one file, and held to the limits of one. */
function imageBounds<Limits extends FormLimits>(limits: Limits): Limits {
  const { maxFileBytes } = onlyField(limits).policy
  return { ...limits, maxFiles: 1, maxBytes: Math.min(limits.maxBytes, maxFileBytes) }
}

/** An image without a form says no field. @throws UploadError `wrong-field` where several might be meant */
function onlyField(limits: FormLimits): FieldRules {
  const [rules, another] = limits.fields.values()
  if (rules === undefined || another !== undefined) throw wrongField(limits)
  return rules
}

async function* nothing(): AsyncGenerator<Uint8Array, void, undefined> {}

/** Not believed, only a sign that the body is meant as a file. */
function isRawImage(type: string): boolean {
  return type.startsWith('image/') || type === 'application/octet-stream'
}
