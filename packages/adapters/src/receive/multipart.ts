import { MultipartParseError, MultipartParser, type MultipartPart } from '@remix-run/multipart-parser'
import { shownName, UploadError } from '@sluice/core'
import { concatBytes } from '@sluice/core/bytes'
import type { FormFields, OtherFile } from '../form.js'
import type { FormRules } from './file-fields.js'
import { type Form, gatherFields, type ReceivedFile, receivedFile } from './form.js'

export interface FormLimits extends Pick<FormRules, 'fields' | 'maxFiles' | 'maxBytes'> {
  /** Whether at least one file must be there. */
  readonly required: boolean
  readonly otherFiles: 'refuse' | 'ignore' | 'pass'
  readonly maxFields: number
  readonly maxFieldBytes: number
}

/** Who looks on while a form is read. What one of them throws refuses the request. */
export interface FormOnlookers {
  /** Before each file is taken, with the fields that came before it. */
  readonly beforeFile: (fields: FormFields) => Promise<void>
  /** Once all of it is there, also where it brought no file. */
  readonly atEnd: (fields: FormFields) => Promise<void>
}

/** Of the header lines of one part, in bytes. */
const maxHeaderSize = 8 * 1024

/**
 * Reads multipart/form-data (RFC 7578).
 * @throws UploadError `malformed-body`, `wrong-field`, `no-file`, `too-many-files`, `too-large`,
 * `too-many-fields`, `field-too-large`, and what `chunks` and the onlookers throw
 */
export async function readMultipart(
  chunks: AsyncIterable<Uint8Array>,
  boundary: string,
  limits: FormLimits,
  { beforeFile, atEnd }: FormOnlookers,
): Promise<Form> {
  const files: ReceivedFile[] = []
  const otherFiles: OtherFile[] = []
  const { fields, add } = gatherFields()
  let others = 0
  /** Text fields, and files that are not ours. */
  function countOther() {
    if (others >= limits.maxFields) throw new UploadError('too-many-fields', { maxFields: limits.maxFields })
    others++
  }
  for await (const part of partsOf(chunks, boundary, limits.maxBytes)) {
    const { name, filename, type } = headOf(part)
    // Some clients send an image without a file name: its type tells it from text.
    if (filename === undefined && !type.startsWith('image/')) {
      countOther()
      add(name, textOf(part, limits))
      continue
    }
    // Browsers send this for a file input that was left empty.
    if (filename === '' && part.size === 0) continue
    const rules = limits.fields.get(name) ?? limits.fields.get('*')
    if (rules === undefined) {
      if (limits.otherFiles === 'refuse') throw wrongField(limits, name, filename)
      countOther()
      if (limits.otherFiles === 'pass')
        // They are the application's from here on: of the body around them it must see and keep nothing.
        otherFiles.push({
          field: name,
          name: shownName(filename) ?? '',
          type,
          bytes: concatBytes(part.content),
        })
      continue
    }
    const { maxFiles, policy } = rules
    const file = shownName(filename)
    if (files.filter(each => each.rules === rules).length >= maxFiles)
      throw new UploadError(
        'too-many-files',
        { maxFiles, field: limits.fields.has(name) ? name : '*' },
        { file },
      )
    const maxBytes = policy.maxFileBytes
    if (part.size > maxBytes) throw new UploadError('too-large', { maxBytes }, { file })
    await beforeFile(fields)
    files.push(receivedFile(part.content, rules, name, filename))
  }
  checkRequired(files, limits)
  await atEnd(fields)
  return { files, fields, otherFiles }
}

function checkRequired(files: readonly ReceivedFile[], { fields, required }: FormLimits): void {
  if (required && files.length === 0) throw new UploadError('no-file')
  for (const [field, rules] of fields)
    if (rules.required && !files.some(file => file.rules === rules))
      throw new UploadError('no-file', { field })
}

/** Also of a body that is no form, where several fields might be meant. */
export function wrongField({ fields }: FormLimits, sent?: string, filename?: string): UploadError {
  const field = [...fields.keys()].join(', ')
  const detail = sent === undefined ? 'an image without a form' : `a file in the field ${sent.slice(0, 100)}`
  return new UploadError(
    'wrong-field',
    { field, option: 'otherFiles' },
    { file: shownName(filename), detail },
  )
}

async function* partsOf(chunks: AsyncIterable<Uint8Array>, boundary: string, maxBytes: number) {
  const limits = { maxHeaderSize, maxFileSize: maxBytes, maxTotalSize: maxBytes }
  const parser = new MultipartParser(boundary, limits)
  let preamble = true
  try {
    // The parser wants a boundary first. What may come before it (RFC 2046, 5.1.1: a preamble, or the CRLF that
    // belongs to the boundary) is read as the content of a part of ours, which is thrown away.
    yield* parser.write(new TextEncoder().encode(`--${boundary}\r\nX-Part: preamble\r\n\r\n\r\n`))
    let finished = false
    for await (const chunk of chunks) {
      // The parser takes what follows the closing boundary for an error, but a CRLF there is usual. It is
      // read, so that it counts.
      if (finished) continue
      for (const part of parser.write(chunk)) {
        if (!preamble) yield part
        preamble = false
      }
      finished = isFinished(parser)
    }
    if (!finished) parser.finish()
  } catch (thrown) {
    throw thrown instanceof MultipartParseError ? malformed(thrown) : thrown
  }
}

function isFinished(parser: MultipartParser): boolean {
  try {
    parser.finish()
    return true
  } catch (thrown) {
    if (thrown instanceof MultipartParseError) return false
    throw thrown
  }
}

/** Names are UTF-8 (RFC 7578, 5.1); the parser refuses other bytes when they are asked for. */
function headOf(part: MultipartPart) {
  try {
    const { name, filename, mediaType = '' } = part
    if (name) return { name, filename, type: mediaType.toLowerCase() }
  } catch (thrown) {
    throw malformed(thrown)
  }
  throw malformed('a part without a name')
}

function textOf(part: MultipartPart, { maxFieldBytes }: FormLimits): string {
  if (part.size > maxFieldBytes) throw new UploadError('field-too-large', { maxFieldBytes })
  try {
    return part.text
  } catch (thrown) {
    throw malformed(thrown)
  }
}

function malformed(cause: unknown): UploadError {
  return new UploadError('malformed-body', {}, { detail: String(cause).slice(0, 200), cause })
}
