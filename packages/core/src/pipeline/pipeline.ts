import type { Renderer } from '../contracts/renderer.js'
import type { Store } from '../contracts/store.js'
import { UploadError } from '../errors/upload-error.js'
import { shownName } from '../input/filename.js'
import type { Sha256 } from '../input/sha256.js'
import type { Policy } from '../policy/policy.js'
import { checkSupport } from '../policy/support.js'
import { takeBack } from '../stored/discard.js'
import type { Keyring } from '../stored/keyring.js'
import { stemOf, type UploadId } from '../stored/upload-id.js'
import { admit } from './admit.js'
import { commit, type Destination, type NameUpload } from './commit.js'
import { probe } from './probe.js'
import { confirmRows, forgetRows, openRows, type Recording, removeRows, unconfirmed } from './recording.js'
import { render } from './render.js'
import { sniff } from './sniff.js'
import type { StageResult, Stored, Upload, Verified } from './stages.js'
import { type Trace, traceUpload, type UploadEvent } from './trace.js'
import { verify } from './verify.js'

/** Everything a pipeline needs besides the upload. */
export interface Kit {
  readonly policy: Policy
  readonly renderer: Renderer
  readonly store: Store
  /** Rows of what is stored: pending before it is public, confirmed after `onStored`. Default: none. */
  readonly recording?: Recording | undefined
  /**
   * Derives the files' names from the upload instead of at random, so that it may be processed any number of
   * times, also concurrently: what another attempt has stored counts as stored, and nothing is rolled back.
   * Needs `keyring`, and a renderer with a `codecVersion`.
   */
  readonly id?: UploadId | undefined
  readonly keyring?: Keyring | undefined
  /** A virus scanner or a moderation service: sees finished bytes only, refuses by throwing. */
  readonly beforeStore?: ((verified: Verified) => Promise<void> | void) | undefined
  /**
   * The last word, once all files are stored: if it throws, they are deleted again (except those named by
   * `id`) and their uploads refused, as `internal` if it is no `UploadError`.
   */
  readonly onStored?: ((stored: readonly Stored[]) => Promise<void> | void) | undefined
  readonly signal?: AbortSignal | undefined
  /** Hashes uploads and files, where the runtime has something better than WebCrypto, which is the default. */
  readonly sha256?: Sha256 | undefined
  /**
   * Called as each stage ends, before the next begins, with its result: for spans of a trace, or a page that
   * shows progress. If it throws, the upload is refused.
   */
  readonly onStage?: ((done: StageResult) => void) | undefined
  /** Called once per upload, accepted or refused; once more for files that could not be deleted again. */
  readonly onEvent?: ((event: UploadEvent) => void) | undefined
  /** What the application wants to find in the event: a role, a user, a request id. */
  readonly context?: Readonly<Record<string, string>> | undefined
}

/**
 * Takes an untrusted upload through the pipeline. Each stage accepts only what the previous one made, so that
 * skipping a check does not compile.
 * @throws UploadError, and nothing else
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
 * Takes uploads that belong together (those of one request) through the pipeline, one after the other, and
 * stores all of them or none: nothing is public before the last of them was verified, and then everything is
 * at once. If one is refused, only that one is reported.
 * @returns in the order of the uploads
 * @throws UploadError of the one that was refused
 */
export async function sanitizeAll(uploads: readonly UploadByPolicy[], kit: Kit): Promise<readonly Stored[]> {
  const name = nameById(kit)
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
  const stored = await storeAll(traced, kit, name)
  await confirmAll(stored, traced, kit)
  return stored.map((each, index) => traced[index]?.trace.accept(each) ?? each)
}

async function storeAll(
  traced: readonly Traced[],
  kit: Kit,
  name: NameUpload | undefined,
): Promise<readonly Stored[]> {
  if (traced.length === 0) return []
  let opened: readonly Stored[] = []
  const to: Destination = {
    ...kit,
    codecVersion: kit.renderer.codecVersion,
    name,
    async beforePublic(stored) {
      await openRows(stored, kit)
      opened = stored
    },
  }
  let committing: Promise<readonly Stored[]> | undefined
  function commitOnce(): Promise<readonly Stored[]> {
    committing ??= commit(traced, to)
    return committing
  }
  try {
    await Promise.all(traced.map(({ trace }) => trace.at('store', commitOnce)))
    return await commitOnce()
  } catch (thrown) {
    await removeRows(opened, kit)
    throw refuseAll(traced, thrown)
  }
}

/**
 * How the files of an upload with an id are called; undefined where chance names them.
 * @throws UploadError `internal`, saying what the kit lacks
 */
function nameById({ id, keyring, renderer: { name, codecVersion } }: Kit): NameUpload | undefined {
  if (id === undefined) return undefined
  if (keyring === undefined) throw unfit('an upload with an id needs a keyring, which names its files')
  if (codecVersion === undefined)
    throw unfit(`the renderer ${name} has no codecVersion: two attempts may differ`)
  return ({ source }, { version }, index) =>
    stemOf(id, keyring, { policy: version, codecVersion, view: source.view ?? {}, index })
}

const unfit = (detail: string) => new UploadError('internal', {}, { stage: 'store', detail })

/** Asks the application, and deletes everything again if it fails: a file that no record knows is lost. */
async function confirmAll(stored: readonly Stored[], traced: readonly Traced[], kit: Kit) {
  try {
    await kit.onStored?.(stored)
  } catch (thrown) {
    throw await takeAllBack(stored, traced, kit, thrown)
  }
  let confirmed: boolean
  try {
    confirmed = await confirmRows(stored, kit)
  } catch (thrown) {
    // The application has said yes, and may have answered: the files stay, and so do pending rows. The sweep asks again.
    throw refuseAll(traced, thrown)
  }
  if (!confirmed) throw await takeAllBack(stored, traced, kit, unconfirmed())
}

async function takeAllBack(
  stored: readonly Stored[],
  traced: readonly Traced[],
  kit: Kit,
  thrown: unknown,
): Promise<UploadError> {
  const error = refuseAll(traced, thrown)
  // Another attempt at the same upload may have had its yes for the same files.
  if (kit.id !== undefined) return error
  await removeRows(stored, kit)
  for (const [index, each] of stored.entries()) {
    const left = await takeBack(each, kit.store)
    traced[index]?.trace.orphaned(left)
    if (left.length === 0) await forgetRows([each], kit)
  }
  return error
}

/** A failure that no single upload caused refuses all of them. */
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
  const verified = await at('verify', () => verify(rendered, policy, kit.sha256))
  onStage?.({ stage: 'verify', result: verified })
  await at('verify', () => beforeStore?.(verified))
  return verified
}
