import type { Renderer } from '../contracts/renderer.js'
import type { Store } from '../contracts/store.js'
import type { Policy } from '../policy/policy.js'
import { checkSupport } from '../policy/support.js'
import { admit } from './admit.js'
import { commit } from './commit.js'
import { startJourney, type UploadEvent } from './journey.js'
import { probe } from './probe.js'
import { render } from './render.js'
import { sniff } from './sniff.js'
import type { Stored, Upload, Verified } from './stations.js'
import { verify } from './verify.js'

/** Everything that a road needs besides the upload. */
export interface Kit {
  readonly policy: Policy
  readonly renderer: Renderer
  readonly store: Store
  /** A virus scanner or a moderation service: sees finished bytes only, refuses by throwing. */
  readonly beforeStore?: ((verified: Verified) => Promise<void> | void) | undefined
  readonly signal?: AbortSignal | undefined
  /** Called exactly once an upload, accepted or refused. */
  readonly onEvent?: ((event: UploadEvent) => void) | undefined
  /** What the application wants to find in the event: a role, a user, a request id. */
  readonly context?: Readonly<Record<string, string>> | undefined
}

/**
 * Takes an untrusted upload down the road. Each station takes only what the station before it made, so that
 * skipping a check does not compile.
 * @throws UploadError, whatever happened
 */
export async function sanitize(upload: Upload, kit: Kit): Promise<Stored> {
  const { policy, renderer, store, beforeStore, signal } = kit
  const { at, learn, arrive, refuse } = startJourney(kit)
  try {
    checkSupport(policy, renderer)
    const admitted = learn(await at('admit', () => admit(upload, policy, signal)))
    const sniffed = learn(await at('sniff', () => sniff(admitted, policy)))
    const probed = learn(await at('probe', () => probe(sniffed, policy)))
    const rendered = await at('render', () => render(probed, policy, renderer, signal))
    const verified = await at('verify', () => verify(rendered, policy))
    await at('verify', () => beforeStore?.(verified))
    return arrive(await at('store', () => commit(verified, policy, store, signal)))
  } catch (thrown) {
    throw refuse(thrown)
  }
}
