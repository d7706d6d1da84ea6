import { MultipartParseError, MultipartParser, type MultipartPart } from '@remix-run/multipart-parser'
import { UploadError } from '@sluice/core'
import { type Form, type ReceivedFile, receivedFile } from './form.js'

export interface FormLimits {
  /** Form field of the files. */
  readonly field: string
  readonly maxFiles: number
  readonly maxFields: number
  readonly maxFieldBytes: number
  readonly maxBytes: number
}

/** Of the header lines of one part, in bytes. */
const maxHeaderSize = 8 * 1024

/**
 * Reads multipart/form-data (RFC 7578). `beforeFile` is called with the fields that came before the first
 * file.
 * @throws UploadError `malformed-body`, `wrong-field`, `duplicate-field`, `no-file`, `too-many-files`,
 * `too-many-fields`, `field-too-large`, and what `chunks` and `beforeFile` throw
 */
export async function readMultipart(
  chunks: AsyncIterable<Uint8Array>,
  boundary: string,
  limits: FormLimits,
  beforeFile: (fields: ReadonlyMap<string, string>) => Promise<void>,
): Promise<Form> {
  const fields = new Map<string, string>()
  const files: ReceivedFile[] = []
  for await (const part of partsOf(chunks, boundary, limits.maxBytes)) {
    const { name, filename } = headOf(part)
    if (filename === undefined) addField(fields, name, part, limits)
    // Browsers send this for a file input that was left empty.
    else if (filename !== '' || part.size > 0) {
      if (name !== limits.field) throw new UploadError('wrong-field', { field: limits.field })
      if (files.length >= limits.maxFiles)
        throw new UploadError('too-many-files', { maxFiles: limits.maxFiles })
      if (files.length === 0) await beforeFile(fields)
      files.push(receivedFile(part.content, filename))
    }
  }
  if (files.length === 0) throw new UploadError('no-file')
  return { files, fields }
}

async function* partsOf(chunks: AsyncIterable<Uint8Array>, boundary: string, maxBytes: number) {
  const parser = new MultipartParser(boundary, {
    maxHeaderSize,
    maxFileSize: maxBytes,
    maxTotalSize: maxBytes,
  })
  try {
    let finished = false
    for await (const chunk of chunks) {
      // The parser takes what follows the closing boundary for an error, but a CRLF there is usual. It is
      // read, so that it counts.
      if (finished) continue
      yield* parser.write(chunk)
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
function headOf(part: MultipartPart): { readonly name: string; readonly filename: string | undefined } {
  try {
    const { name, filename } = part
    if (name) return { name, filename }
  } catch (thrown) {
    throw malformed(thrown)
  }
  throw malformed('a part without a name')
}

function addField(fields: Map<string, string>, name: string, part: MultipartPart, limits: FormLimits): void {
  const { maxFields, maxFieldBytes } = limits
  if (part.size > maxFieldBytes) throw new UploadError('field-too-large', { maxFieldBytes })
  if (fields.has(name)) throw new UploadError('duplicate-field')
  if (fields.size >= maxFields) throw new UploadError('too-many-fields', { maxFields })
  try {
    fields.set(name, part.text)
  } catch (thrown) {
    throw malformed(thrown)
  }
}

function malformed(cause: unknown): UploadError {
  return new UploadError('malformed-body', {}, { detail: String(cause).slice(0, 200), cause })
}
