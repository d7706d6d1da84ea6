import type { Renderer } from '../contracts/renderer.js'
import type { Store } from '../contracts/store.js'
import { UploadError } from '../errors/upload-error.js'
import type { Policy } from '../policy/policy.js'
import { checkSupport } from '../policy/support.js'
import { admit } from './admit.js'
import { commit } from './commit.js'
import { type Journey, startJourney, type UploadEvent } from './journey.js'
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
  const [stored] = await sanitizeAll([upload], kit)
  if (!stored) throw new UploadError('internal', {}, { stage: 'store', detail: 'nothing was stored' })
  return stored
}

/**
 * Takes the uploads that belong together (those of one request) down the road, one after the other, and
 * stores all of them or none: nothing is public before the last of them was verified, and then all is at
 * once. Where one is refused, it alone is reported.
 * @returns in the order of the uploads
 * @throws UploadError of the one that was refused
 */
export async function sanitizeAll(uploads: readonly Upload[], kit: Kit): Promise<readonly Stored[]> {
  const { policy, store, signal } = kit
  const arrivals: { readonly journey: Journey; readonly verified: Verified }[] = []
  for (const upload of uploads) {
    const journey = startJourney(kit)
    try {
      arrivals.push({ journey, verified: await travel(upload, kit, journey) })
    } catch (thrown) {
      throw journey.refuse(thrown)
    }
  }
  let committing: Promise<readonly Stored[]> | undefined
  function commitOnce(): Promise<readonly Stored[]> {
    committing ??= commit(
      arrivals.map(({ verified }) => verified),
      policy,
      store,
      signal,
    )
    return committing
  }
  try {
    await Promise.all(arrivals.map(({ journey }) => journey.at('store', commitOnce)))
    const stored = await commitOnce()
    return stored.map((each, index) => arrivals[index]?.journey.arrive(each) ?? each)
  } catch (thrown) {
    const [error] = arrivals.map(({ journey }) => journey.refuse(thrown))
    throw error
  }
}

/** All of the road but its end. */
async function travel(upload: Upload, kit: Kit, { at, learn }: Journey): Promise<Verified> {
  const { policy, renderer, beforeStore, signal } = kit
  checkSupport(policy, renderer)
  const admitted = learn(await at('admit', () => admit(upload, policy, signal)))
  const sniffed = learn(await at('sniff', () => sniff(admitted, policy)))
  const probed = learn(await at('probe', () => probe(sniffed, policy)))
  const rendered = await at('render', () => render(probed, policy, renderer, signal))
  const verified = await at('verify', () => verify(rendered, policy))
  await at('verify', () => beforeStore?.(verified))
  return verified
}
