import { defaultRenderer } from '@sluice/codecs'
import { avif } from '@sluice/codecs/avif'
import { jpeg } from '@sluice/codecs/jpeg'
import { png } from '@sluice/codecs/png'
import { checkSupport, type Policy, PolicyError, type Renderer } from '@sluice/core'
import { UsageError } from './terminal.js'

/**
 * Draws what a policy asks for.
 * @param codecs packs beside the default. Default: all that there are for output
 * @throws UsageError where it asks for more
 */
export function rendererFor(policy: Policy, codecs = [avif(), jpeg(), png()]): Renderer {
  const renderer = defaultRenderer({ codecs })
  try {
    checkSupport(policy, renderer)
    return renderer
  } catch (thrown) {
    if (thrown instanceof PolicyError) throw new UsageError(thrown.message)
    throw thrown
  }
}
