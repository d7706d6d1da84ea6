import type { Renderer } from '../contracts/renderer.js'
import { UploadError } from '../errors/upload-error.js'
import { planRendering } from '../policy/plan.js'
import type { Policy } from '../policy/policy.js'
import { type Probed, passed, type Rendered } from './stages.js'

/**
 * Hands a probed image to the renderer with a plan that leaves nothing open.
 * @throws UploadError of the renderer; anything else that it throws becomes `render-failed`
 */
export async function render(
  source: Probed,
  policy: Policy,
  renderer: Renderer,
  signal?: AbortSignal,
): Promise<Rendered> {
  if (!renderer.reads.includes(source.format))
    throw new UploadError('unsupported-kind', { kind: source.format.toUpperCase() }, { stage: 'render' })
  const plan = planRendering(source.header, policy, source.view)
  try {
    const { renditions, placeholder, notes = [] } = await renderer.render(source, plan, signal)
    return passed<Rendered>({ source, renditions, placeholder, notes: [...source.notes, ...notes] })
  } catch (thrown) {
    throw UploadError.from(thrown, signal?.aborted ? 'aborted' : 'render-failed')
  }
}
