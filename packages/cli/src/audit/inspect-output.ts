import { formatTable, type Policy, sayKind, UploadError, verifyOutput } from '@sluice/core'

/** What is wrong with a stored file, or undefined. */
export function inspectOutput(bytes: Uint8Array, key: string, policy: Policy): string | undefined {
  try {
    const { format, width, height } = verifyOutput(bytes)
    const extension = formatTable[format].extensions[0]
    if (!key.endsWith(`.${extension}`)) return `is ${sayKind(format)}`
    const { maxWidth, maxHeight } = settingsOf(key, policy)
    if (width > maxWidth || height > maxHeight)
      return `${width}x${height} pixels; the policy allows ${maxWidth}x${maxHeight}`
    return undefined
  } catch (thrown) {
    return UploadError.from(thrown, 'verify-failed').detail
  }
}

/**
 * The suffix of a key is the name of its variant; one that the policy does not know any more is held to the
 * main size.
 */
function settingsOf(key: string, policy: Policy) {
  const variant = /-([a-z0-9]+)\./.exec(key)?.[1]
  return (variant === undefined ? undefined : policy.variants[variant]) ?? policy.output
}
