import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { decodePrice, defaultRenderer } from '@sluice/codecs'
import type { Policy } from '@sluice/core'
import { type Inspected, inspectBytes } from '@sluice/core/inspect'
import { memoryStore } from '@sluice/stores'
import { bytesOf } from '../read-list.js'
import { type Outcome, sanitizeFile } from '../sanitize-file.js'
import { type Terminal, UsageError } from '../terminal.js'
import { type Answer, askParser } from './ask-parser.js'

/** Everything that an operator may want to know of a suspicious file. */
export interface Inspection extends Inspected {
  readonly file: string
  readonly bytes: number
  readonly sha256: string
  /** By file-type. */
  readonly fileType: Answer
  /** By exifr: camera, position, dates. */
  readonly exif: Answer
  /** Fuel that decoding takes at most, and what the policy lets it take. */
  readonly price?: { readonly fuel: number; readonly limit: number }
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
  const inspected = inspectBytes(bytes)
  return {
    file,
    bytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    ...inspected,
    fileType,
    exif,
    ...priceOf(bytes, inspected, policy),
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
    throw new UsageError(`${file} could not be read: ${(thrown as NodeJS.ErrnoException).code}`)
  }
}

/** What a picture may cost by this policy. */
function priceOf(bytes: Uint8Array, { header }: Inspected, { headroom }: Policy) {
  const fuel = header && decodePrice({ format: header.format, bytes, header })
  return fuel === undefined ? {} : { price: { fuel, limit: Math.ceil(fuel * headroom) } }
}
