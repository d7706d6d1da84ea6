import { checkView, type View } from '../input/view.js'
import { keyStem } from './key.js'
import type { Keyring } from './keyring.js'

/**
 * An upload that may be worked on more than once and must become the same files each time: a job of a queue that
 * delivers twice, a request that its client repeats. Serialisable.
 */
export interface UploadId {
  /** 1 to 200 characters; the same each time. */
  readonly id: string
  /** When it was offered, ISO 8601: its files are of that month, whenever they are drawn. */
  readonly offered: string
  /** Id of the secret that its files are named by, also after another has become `current`. */
  readonly secret: string
}

const longestId = 200

/** An id for a new upload. @param id 128 random bits where nobody has one */
export function newUploadId(
  ring: Pick<Keyring, 'current'>,
  id: string = crypto.randomUUID().replaceAll('-', ''),
  offered: Date = new Date(),
): UploadId {
  return { id, offered: offered.toISOString(), secret: ring.current }
}

/** What besides the bytes decides what the files are, and so what they are called. */
export interface Drawing {
  readonly policy: string
  readonly codecVersion: string
  readonly view: View
  /** Which of the uploads of one request. */
  readonly index: number
}

/**
 * The month of the offer and 128 bits of HMAC-SHA-256: the same for every attempt, and as hard to guess as chance for
 * whoever does not know the secret. Another policy, other codecs or another crop are another name: no attempt meets a
 * file that differs for a good reason.
 * @throws RangeError where the id is none, or its secret is gone
 */
export async function stemOf(upload: UploadId, ring: Keyring, drawing: Drawing): Promise<string> {
  const { id, secret } = upload
  const offered = new Date(upload.offered)
  if (typeof id !== 'string' || id.length === 0 || id.length > longestId)
    throw new RangeError(`upload id: must have 1 to ${longestId} characters`)
  if (!(offered.getTime() >= 0 && offered.getUTCFullYear() < 10_000))
    throw new RangeError(`upload id: offered is ${JSON.stringify(upload.offered)}, which is not a date`)
  const { policy, codecVersion, index } = drawing
  const { crop, focus } = checkView(drawing.view) ?? {}
  // One spelling, whatever order the fields came in.
  const shown = [crop && [crop.x, crop.y, crop.width, crop.height], focus && [focus.x, focus.y]]
  const bytes = await ring.mac('key', JSON.stringify([id, policy, codecVersion, shown, index]), secret)
  return keyStem(offered, bytes.subarray(0, 16))
}
