import { type Crop, type Focus, type Policy, parseCrop, parseFocus, UploadError } from '@sluice/core'

/** What a client says of a file that it would like to send by itself. Nothing in it is believed. */
export interface Wish {
  readonly bytes: number
  /** Content type that it will be sent with. */
  readonly type: string
  /** 64 hex digits. */
  readonly sha256: string
  readonly name?: string | undefined
  readonly crop?: Crop | undefined
  readonly focus?: Focus | undefined
}

/** A name that is longer is refused later anyway, and has to fit into a header. */
const longestName = 255

/**
 * @param given the parsed JSON of a request
 * @throws UploadError `malformed-body`, `unsupported-media-type`, `too-large`, `empty-file`, `name-too-long`,
 * `invalid-crop`
 */
export function readWish(given: unknown, { maxFileBytes, maxNameBytes }: Policy): Wish {
  if (typeof given !== 'object' || given === null) throw malformed('no object')
  const { bytes, type, sha256, name, crop, focus } = given as Readonly<Record<string, unknown>>
  if (!Number.isSafeInteger(bytes) || Number(bytes) < 0) throw malformed('bytes is no number of bytes')
  if (bytes === 0) throw new UploadError('empty-file')
  if (Number(bytes) > maxFileBytes) throw new UploadError('too-large', { maxBytes: maxFileBytes })
  if (typeof type !== 'string' || !/^(?:image\/[\w.+-]{1,60}|application\/octet-stream)$/.test(type))
    throw new UploadError('unsupported-media-type')
  if (typeof sha256 !== 'string' || !/^[0-9a-f]{64}$/.test(sha256)) throw malformed('sha256 is none')
  const named = textOf('name', name)
  const longest = Math.min(longestName, maxNameBytes)
  if (named !== undefined && new TextEncoder().encode(named).length > longest)
    throw new UploadError('name-too-long', { maxNameBytes: longest })
  const [cropText, focusText] = [textOf('crop', crop), textOf('focus', focus)]
  return {
    bytes: Number(bytes),
    type,
    sha256,
    ...(named === undefined ? {} : { name: named }),
    ...(cropText ? { crop: parseCrop(cropText) } : {}),
    ...(focusText ? { focus: parseFocus(focusText) } : {}),
  }
}

function textOf(field: string, value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'string' || value.length > 4096) throw malformed(`${field} is no text`)
  return value
}

export function malformed(detail: string): UploadError {
  return new UploadError('malformed-body', {}, { detail })
}
