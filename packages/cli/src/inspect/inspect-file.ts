import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { decodePrice, defaultRenderer } from '@sluice/codecs'
import { type Header, nameContent, type Policy, readHeader, sniffFormat, UploadError } from '@sluice/core'
import { ByteReader } from '@sluice/core/bytes'
import { memoryStore } from '@sluice/stores'
import { bytesOf } from '../read-list.js'
import { type Outcome, sanitizeFile } from '../sanitize-file.js'
import { type Terminal, UsageError } from '../terminal.js'
import { type Answer, askParser } from './ask-parser.js'
import { findMarkers, type Marker } from './find-markers.js'

/** Everything that an operator may want to know of a suspicious file. */
export interface Inspection {
  readonly file: string
  readonly bytes: number
  readonly sha256: string
  /** By our signatures. */
  readonly content: string
  /** By file-type. */
  readonly fileType: Answer
  /** By exifr: camera, position, dates. */
  readonly exif: Answer
  readonly header?: Header
  /** Why there is no header, for logs. */
  readonly headerProblem?: string
  /** Fuel that decoding takes at most, and what the policy lets it take. */
  readonly price?: { readonly fuel: number; readonly limit: number }
  /** What follows the end of the image. */
  readonly trailing?: { readonly bytes: number; readonly content: string }
  readonly markers: readonly Marker[]
  /** What the pipeline makes of it. Nothing is kept. */
  readonly verdict: Outcome
}

/** More is not read into memory. */
const largestFile = 256 * 1024 * 1024

/** @throws UsageError for what is no readable file */
export async function inspectFile(
  file: string,
  policy: Policy,
  stdin: Terminal['stdin'],
): Promise<Inspection> {
  const given = file === '-' ? await readInput(stdin) : undefined
  const bytes = given ?? (await read(file))
  const kit = { policy, renderer: defaultRenderer(), store: memoryStore() }
  const [fileType, exif] = await Promise.all([askParser('file-type', bytes), askParser('exifr', bytes)])
  return {
    file,
    bytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    content: nameContent(bytes),
    fileType,
    exif,
    ...inspectHeader(bytes, policy),
    markers: findMarkers(bytes),
    verdict: await sanitizeFile(file, kit, { given }),
  }
}

async function readInput(stdin: Terminal['stdin']): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of bytesOf(stdin)) {
    size += part.length
    if (size > largestFile) throw new UsageError('standard input is too large to inspect')
    parts.push(part)
  }
  return Buffer.concat(parts)
}

async function read(file: string): Promise<Uint8Array> {
  try {
    const found = await stat(file)
    if (!found.isFile()) throw new UsageError(`${file} is not an ordinary file`)
    if (found.size > largestFile)
      throw new UsageError(`${file} has ${found.size} bytes: too large to inspect`)
    return new Uint8Array(await readFile(file))
  } catch (thrown) {
    if (thrown instanceof UsageError) throw thrown
    throw new UsageError(`${file} cannot be read: ${(thrown as NodeJS.ErrnoException).code}`)
  }
}

/** The numbers are wanted also where they are far over the limit. */
function inspectHeader(bytes: Uint8Array, policy: Policy) {
  const format = sniffFormat(bytes)
  if (format === undefined) return {}
  try {
    const header = readHeader(format, new ByteReader(bytes), { maxPixels: Number.POSITIVE_INFINITY })
    const { trailingBytes } = header
    const rest = bytes.subarray(bytes.length - trailingBytes)
    const fuel = decodePrice({ format, bytes, header })
    return {
      header,
      ...(fuel === undefined ? {} : { price: { fuel, limit: Math.ceil(fuel * policy.headroom) } }),
      ...(trailingBytes > 0 ? { trailing: { bytes: trailingBytes, content: nameContent(rest) } } : {}),
    }
  } catch (thrown) {
    const { code, detail } = UploadError.from(thrown, 'corrupt')
    return { headerProblem: detail === undefined ? code : `${code}: ${detail}` }
  }
}
