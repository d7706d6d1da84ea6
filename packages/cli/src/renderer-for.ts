import { defaultRenderer } from '@sluice/codecs'
import { avif } from '@sluice/codecs/avif'
import { jpeg } from '@sluice/codecs/jpeg'
import { png } from '@sluice/codecs/png'
import { checkSupport, type Policy, PolicyError, type Renderer } from '@sluice/core'
import { UsageError } from './terminal.js'

/** Draws whatever a policy can ask for. @throws UsageError where it asks for more */
export function rendererFor(policy: Policy): Renderer {
  const renderer = defaultRenderer({ codecs: [avif(), jpeg(), png()] })
  try {
    checkSupport(policy, renderer)
    return renderer
  } catch (thrown) {
    if (thrown instanceof PolicyError) throw new UsageError(thrown.message)
    throw thrown
  }
}
