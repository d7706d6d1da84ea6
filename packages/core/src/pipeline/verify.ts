import { UploadError } from '../errors/upload-error.js'
import { type OutputFormat, outputFormats } from '../formats/format.js'
import type { Header } from '../formats/header.js'
import { findForeignChunk } from '../formats/output-allow-list.js'
import { readHeader } from '../formats/read-header.js'
import { sniffFormat } from '../formats/signatures.js'
import { ByteReader } from '../input/bytes.js'
import { sha256 } from '../input/sha256.js'
import { planRendering } from '../policy/plan.js'
import type { Policy } from '../policy/policy.js'
import { passed, type Rendered, type Verified } from './stages.js'

/**
 * Looks at our own output as if a stranger had sent it: what was planned, and nothing besides. Defence in
 * depth against polyglots, and against a renderer that errs.
 * @throws UploadError `verify-failed`
 */
export async function verify(rendered: Rendered, policy: Policy): Promise<Verified> {
  const { source, renditions } = rendered
  // Planned once more: the plan that the renderer was handed could have been bent by it.
  const planned = planRendering(source.header, policy, source.view).outputs
  if (renditions.length !== planned.length)
    throw failed(`${renditions.length} renditions, ${planned.length} were planned`)
  for (const [index, output] of planned.entries()) {
    const rendition = renditions[index]
    if (!rendition) throw failed(`no rendition ${output.name}`)
    const frames = output.animated ? source.header.frames : 1
    const promised = describe({ ...output, frames })
    if (describe(rendition) !== promised) throw failed(`said ${describe(rendition)}, not ${promised}`)
    const found = describe({ ...verifyOutput(rendition.bytes), name: output.name })
    if (found !== promised) throw failed(`found ${found}, not ${promised}`)
  }
  const hashed = renditions.map(async rendition => ({ ...rendition, sha256: await sha256(rendition.bytes) }))
  return passed<Verified>({ ...rendered, renditions: await Promise.all(hashed) })
}

/**
 * Holds a finished file to what this library writes: WebP, GIF, AVIF, JPEG or PNG, chunks, boxes or segments of an
 * allow-list, no metadata, no byte after the end. Also for files that were stored long ago.
 * @throws UploadError `verify-failed`, with what was found in `detail`
 */
export function verifyOutput(bytes: Uint8Array): Header {
  const format = sniffFormat(bytes)
  if (!isOutput(format)) throw failed(`format ${format ?? 'unknown'}`)
  try {
    const header = readHeader(format, new ByteReader(bytes), { maxPixels: Number.POSITIVE_INFINITY })
    const foreign = findForeignChunk(format, new ByteReader(bytes))
    if (foreign) throw failed(foreign)
    if (header.metadataBytes > 0) throw failed(`${header.metadataBytes} bytes of metadata`)
    if (header.repairs.length > 0) throw failed(`needs repair: ${header.repairs}`)
    if (header.trailingBytes > 0) throw failed(`${header.trailingBytes} bytes after the end`)
    return header
  } catch (thrown) {
    const { code, detail } = UploadError.from(thrown, 'verify-failed')
    throw failed(code === 'verify-failed' ? (detail ?? '') : `${code}: ${detail}`, thrown)
  }
}

const isOutput = (format: string | undefined): format is OutputFormat =>
  (outputFormats as readonly unknown[]).includes(format)

interface Described extends Pick<Header, 'format' | 'width' | 'height' | 'frames'> {
  readonly name: string
}

function describe({ name, format, width, height, frames }: Described): string {
  return `${name}: ${format} ${width}x${height}, ${frames} frames`
}

function failed(detail: string, cause?: unknown): UploadError {
  return new UploadError('verify-failed', {}, { detail, cause })
}
