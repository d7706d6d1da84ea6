import { UploadError } from '../errors/upload-error.js'
import { formatOfExtension, needsCodecPack } from '../formats/format.js'
import { extensionOf, isNoName, readingsOf, secureFilename } from '../input/filename.js'
import { readLimited } from '../input/read-limited.js'
import { checkView } from '../input/view.js'
import type { Policy } from '../policy/policy.js'
import { type Admitted, passed, type Upload } from './stages.js'

/**
 * Size, file name and extension: what can be refused without a look at the content. The name comes first,
 * because it costs nothing.
 * @throws UploadError `name-too-long`, `extension-missing`, `extension-not-allowed`, `format-not-enabled`,
 * `invalid-crop`, and those of `readLimited`
 */
export async function admit(upload: Upload, policy: Policy, signal?: AbortSignal): Promise<Admitted> {
  const { body, name, contentLength, handedOver } = upload
  const named = isNoName(name) ? { name: '', extension: undefined } : admitName(name, policy)
  const view = checkView(upload)
  const bytes = await readLimited(body, policy.maxFileBytes, { contentLength, handedOver, signal })
  return passed<Admitted>({ bytes, ...named, ...(view && { view }) })
}

function admitName(name: string, policy: Policy) {
  const { maxNameBytes, extensions, nameless } = policy
  // A character has at least one byte: the first comparison spares encoding a name that is far too long.
  if (name.length > maxNameBytes || new TextEncoder().encode(name).length > maxNameBytes)
    throw new UploadError('name-too-long', { maxNameBytes })
  const extension = extensionOf(name)
  for (const reading of readingsOf(name).map(extensionOf)) {
    const fits = reading === undefined ? nameless === 'accept' : extensions.includes(reading)
    if (!fits) throw refusal(extension ?? reading, extensions)
  }
  return { name: secureFilename(name), extension }
}

function refusal(extension: string | undefined, extensions: readonly string[]): UploadError {
  const accepted = extensions.join(', ')
  if (extension === undefined) return new UploadError('extension-missing', { accepted })
  const found = formatOfExtension(extension)
  return found !== undefined && needsCodecPack(found)
    ? new UploadError('format-not-enabled', { found, accepted }, { stage: 'admit' })
    : new UploadError('extension-not-allowed', { accepted })
}
