import type { Renderer } from '../contracts/renderer.js'
import type { Store } from '../contracts/store.js'
import { UploadError } from '../errors/upload-error.js'
import { shownName } from '../input/filename.js'
import type { Policy } from '../policy/policy.js'
import { checkSupport } from '../policy/support.js'
import { takeBack } from '../stored/discard.js'
import { admit } from './admit.js'
import { commit } from './commit.js'
import { probe } from './probe.js'
import { render } from './render.js'
import { sniff } from './sniff.js'
import type { StageResult, Stored, Upload, Verified } from './stages.js'
import { type Trace, traceUpload, type UploadEvent } from './trace.js'
import { verify } from './verify.js'

/** Everything that a pipeline needs besides the upload. */
export interface Kit {
  readonly policy: Policy
  readonly renderer: Renderer
  readonly store: Store
  /** A virus scanner or a moderation service: sees finished bytes only, refuses by throwing. */
  readonly beforeStore?: ((verified: Verified) => Promise<void> | void) | undefined
  /**
   * The last word, once all files are stored: what it throws takes them back and refuses their uploads, as `internal`
   * where it is no `UploadError`.
   */
  readonly onStored?: ((stored: readonly Stored[]) => Promise<void> | void) | undefined
  readonly signal?: AbortSignal | undefined
  /**
   * Called as each stage ends, before the next begins, with what it made: for spans of a trace, or a page that
   * shows how far an upload is. What it throws refuses the upload.
   */
  readonly onStage?: ((done: StageResult) => void) | undefined
  /** Called once an upload, accepted or refused; once more for files that could not be taken back. */
  readonly onEvent?: ((event: UploadEvent) => void) | undefined
  /** What the application wants to find in the event: a role, a user, a request id. */
  readonly context?: Readonly<Record<string, string>> | undefined
}

/**
 * Takes an untrusted upload through the pipeline. Each stage takes only what the stage before it made, so that
 * skipping a check does not compile.
 * @throws UploadError, whatever happened
 */
export async function sanitize(upload: Upload, kit: Kit): Promise<Stored> {
  const [stored] = await sanitizeAll([upload], kit)
  if (!stored) throw new UploadError('internal', {}, { stage: 'store', detail: 'nothing was stored' })
  return stored
}

/** An upload with a policy of its own in place of the kit's, as the field of a form may have it. */
export interface UploadByPolicy extends Upload {
  readonly policy?: Policy | undefined
}

/** An upload at the end of its pipeline. */
interface Traced {
  readonly trace: Trace
  readonly verified: Verified
  readonly policy: Policy
}

/**
 * Takes the uploads that belong together (those of one request) through the pipeline, one after the other, and
 * stores all of them or none: nothing is public before the last of them was verified, and then all is at
 * once. Where one is refused, it alone is reported.
 * @returns in the order of the uploads
 * @throws UploadError of the one that was refused
 */
export async function sanitizeAll(uploads: readonly UploadByPolicy[], kit: Kit): Promise<readonly Stored[]> {
  const traced: Traced[] = []
  for (const upload of uploads) {
    const policy = upload.policy ?? kit.policy
    const trace = traceUpload({ ...kit, policy, file: shownName(upload.name) })
    try {
      traced.push({ trace, policy, verified: await runStages(upload, { ...kit, policy }, trace) })
    } catch (thrown) {
      throw trace.refuse(thrown)
    }
  }
  const stored = await storeAll(traced, kit)
  await confirmAll(stored, traced, kit)
  return stored.map((each, index) => traced[index]?.trace.accept(each) ?? each)
}

async function storeAll(traced: readonly Traced[], { store, signal }: Kit): Promise<readonly Stored[]> {
  if (traced.length === 0) return []
  let committing: Promise<readonly Stored[]> | undefined
  function commitOnce(): Promise<readonly Stored[]> {
    committing ??= commit(traced, store, signal)
    return committing
  }
  try {
    await Promise.all(traced.map(({ trace }) => trace.at('store', commitOnce)))
    return await commitOnce()
  } catch (thrown) {
    throw refuseAll(traced, thrown)
  }
}

/** Asks the application, and takes everything back where it fails: a file that no record knows is lost. */
async function confirmAll(stored: readonly Stored[], traced: readonly Traced[], { store, onStored }: Kit) {
  try {
    await onStored?.(stored)
  } catch (thrown) {
    const error = refuseAll(traced, thrown)
    for (const [index, each] of stored.entries()) {
      const left = await takeBack(each, store)
      traced[index]?.trace.orphaned(left)
    }
    throw error
  }
}

/** What is none's fault is everybody's fate. */
function refuseAll(traced: readonly Traced[], thrown: unknown): UploadError {
  const error = UploadError.from(thrown, 'internal', { stage: 'store' })
  for (const { trace } of traced) trace.refuse(error)
  return error
}

/** All of the pipeline but its end. */
async function runStages(upload: Upload, kit: Kit, { at, learn }: Trace): Promise<Verified> {
  const { policy, renderer, beforeStore, onStage, signal } = kit
  checkSupport(policy, renderer)
  const admitted = learn(await at('admit', () => admit(upload, policy, signal)))
  onStage?.({ stage: 'admit', result: admitted })
  const sniffed = learn(await at('sniff', () => sniff(admitted, policy)))
  onStage?.({ stage: 'sniff', result: sniffed })
  const probed = learn(await at('probe', () => probe(sniffed, policy)))
  onStage?.({ stage: 'probe', result: probed })
  const rendered = await at('render', () => render(probed, policy, renderer, signal))
  onStage?.({ stage: 'render', result: rendered })
  const verified = await at('verify', () => verify(rendered, policy))
  onStage?.({ stage: 'verify', result: verified })
  await at('verify', () => beforeStore?.(verified))
  return verified
}
