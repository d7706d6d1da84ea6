import { UploadError } from '../errors/upload-error.js'
import { type OutputFormat, outputFormats } from '../formats/format.js'
import type { Header } from '../formats/header.js'
import { copyrightBlock, holdsCopyrightOnly } from '../formats/keep/copyright.js'
import { insertExif } from '../formats/keep/insert-exif.js'
import type { Kept } from '../formats/keep/kept.js'
import { findForeignChunk } from '../formats/output-allow-list.js'
import { readHeader } from '../formats/read-header.js'
import { sniffFormat } from '../formats/signatures.js'
import { ByteReader } from '../input/bytes.js'
import { type Sha256, sha256 } from '../input/sha256.js'
import { planRendering } from '../policy/plan.js'
import type { Policy } from '../policy/policy.js'
import { passed, type Rendered, type Verified, type VerifiedRendition } from './stages.js'

/**
 * Looks at our own output as if a stranger had sent it: what was planned, and nothing besides. Defence in
 * depth against polyglots, and against a renderer that errs. What `keep` of the policy names is written into
 * what has passed, and then all of it is looked at again.
 * @throws UploadError `verify-failed`
 */
export async function verify(rendered: Rendered, policy: Policy, hash: Sha256 = sha256): Promise<Verified> {
  const { source, renditions } = rendered
  // Planned once more: the plan that the renderer was handed could have been bent by it.
  const planned = planRendering(source.header, policy, source.view).outputs
  if (renditions.length !== planned.length)
    throw failed(`${renditions.length} renditions, ${planned.length} were planned`)
  const verified: VerifiedRendition[] = []
  for (const [index, output] of planned.entries()) {
    const rendition = renditions[index]
    if (!rendition) throw failed(`no rendition ${output.name}`)
    const frames = output.animated ? source.header.frames : 1
    const promised = describe({ ...output, frames })
    if (describe(rendition) !== promised) throw failed(`said ${describe(rendition)}, not ${promised}`)
    const bytes = keepIn(rendition.bytes, hold(rendition.bytes, nothingKept, promised), source.kept)
    if (bytes !== rendition.bytes) hold(bytes, policy, promised)
    verified.push({ ...rendition, bytes, sha256: await hash(bytes) })

    function hold(made: Uint8Array, kept: Pick<Policy, 'keep'>, wanted: string): Header {
      const header = verifyOutput(made, kept)
      const found = describe({ ...header, name: output.name })
      if (found !== wanted) throw failed(`found ${found}, not ${wanted}`)
      return header
    }
  }
  return passed<Verified>({ ...rendered, renditions: verified })
}

const nothingKept: Pick<Policy, 'keep'> = { keep: [] }

/** The bytes as they are where there is nothing to keep. */
function keepIn(bytes: Uint8Array, header: Header, kept: Kept | undefined): Uint8Array {
  const block = kept?.copyright === undefined ? undefined : copyrightBlock(kept.copyright)
  return block === undefined ? bytes : insertExif(bytes, header, block)
}

/**
 * Holds a finished file to what this library writes: WebP, GIF, AVIF, JPEG or PNG, chunks, boxes or segments of an
 * allow-list, no metadata, no byte after the end. Also for files that were stored long ago.
 * @param policy whose `keep` says what of an upload may be in it; nothing where it is left out
 * @throws UploadError `verify-failed`, with what was found in `detail`
 */
export function verifyOutput(bytes: Uint8Array, { keep }: Pick<Policy, 'keep'> = nothingKept): Header {
  const format = sniffFormat(bytes)
  if (!isOutput(format)) throw failed(`format ${format ?? 'unknown'}`)
  try {
    const header = readHeader(format, new ByteReader(bytes), { maxPixels: Number.POSITIVE_INFINITY })
    const isKept = keep.includes('copyright') && holdsCopyrightOnly(bytes, header)
    const foreign = findForeignChunk(format, new ByteReader(bytes), isKept)
    if (foreign) throw failed(foreign)
    const metadataBytes = header.metadataBytes - (isKept ? header.exifBytes : 0)
    if (metadataBytes > 0) throw failed(`${metadataBytes} bytes of metadata`)
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
