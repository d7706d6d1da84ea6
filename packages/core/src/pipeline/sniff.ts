import { type Kind, sayKind } from '../errors/messages.js'
import { UploadError } from '../errors/upload-error.js'
import { foreignKindOf } from '../formats/foreign-signatures.js'
import { type Format, formatOfExtension, formatTable, needsCodecPack } from '../formats/format.js'
import { sniffFormat } from '../formats/signatures.js'
import type { Policy } from '../policy/policy.js'
import { type Admitted, passed, type Sniffed } from './stages.js'

/**
 * What the bytes say they are. The content type that a client declared is never looked at; the extension must
 * agree unless the policy allows a mismatch (OWASP ASVS 5.0, 5.2.2).
 * @throws UploadError `format-not-allowed`, `format-not-enabled`, `format-unknown`, `extension-mismatch`
 */
export function sniff(admitted: Admitted, policy: Policy): Sniffed {
  const { bytes, extension } = admitted
  const format = sniffFormat(bytes)
  if (format === undefined || !policy.formats.includes(format)) throw refusal(bytes, format, policy)
  if (extension !== undefined && formatOfExtension(extension) !== format && policy.mismatch === 'refuse')
    throw mismatch(extension, format, policy)
  return passed<Sniffed>({ ...admitted, format })
}

function mismatch(extension: string, format: Format, policy: Policy): UploadError {
  const { extensions } = formatTable[format]
  const right = extensions.find(each => policy.extensions.includes(each)) ?? extensions[0]
  return new UploadError('extension-mismatch', { extension, found: format, ...(right && { right }) })
}

function refusal(bytes: Uint8Array, format: Format | undefined, policy: Policy): UploadError {
  const accepted = policy.extensions.join(', ')
  const found = format ?? foreignKindOf(bytes)
  if (found === undefined) return new UploadError('format-unknown', { accepted })
  return new UploadError(needsCodecPack(format) ? 'format-not-enabled' : 'format-not-allowed', {
    found,
    accepted,
  })
}

/** What a file is by its first bytes alone; undefined where nobody knows. */
export function kindOf(bytes: Uint8Array): Kind | undefined {
  return sniffFormat(bytes) ?? foreignKindOf(bytes)
}

/** The same as words for a sentence ("a JPEG", "a PDF document"). */
export function nameContent(bytes: Uint8Array): string {
  const kind = kindOf(bytes)
  return kind === undefined ? 'a file of an unknown kind' : sayKind(kind)
}
