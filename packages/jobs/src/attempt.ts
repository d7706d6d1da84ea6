import { type Renderer, type Stored, UploadError, type UploadResult } from '@sluice/core'
import { mayPass } from './work.js'

/** Makes a result known: by one statement that does nothing the second time. */
export type Finish = (result: UploadResult) => Promise<unknown>

/**
 * One attempt at an upload, of which there may be any number, also at once. What is stored is made known
 * before its row is confirmed: a process that dies in between leaves one that the next attempt confirms.
 * @param draw takes it through the pipeline, and tells what stands
 * @throws UploadError where another attempt may help
 */
export async function attempt(
  id: string,
  finish: Finish,
  draw: (onStored: (stored: readonly Stored[]) => Promise<void>) => Promise<Stored>,
): Promise<UploadResult> {
  try {
    const stored = await draw(async ([stored]) => {
      if (stored) await finish({ id, stored })
    })
    return { id, stored }
  } catch (thrown) {
    const error = UploadError.from(thrown, 'internal')
    if (mayPass(error)) throw error
    const result = { id, refused: error.toRecord() }
    await tell(finish(result))
    return result
  }
}

/** A database that is away is no reason to give up. */
async function tell(finished: Promise<unknown>): Promise<void> {
  try {
    await finished
  } catch (thrown) {
    throw new UploadError('internal', {}, { stage: 'store', detail: String(thrown), cause: thrown })
  }
}

/** @throws TypeError where two attempts may draw different bytes */
export function checkRepeatable(who: string, { name, codecVersion }: Renderer): void {
  if (codecVersion === undefined)
    throw new TypeError(
      `${who}: the renderer ${name} has no version of its codecs (codecVersion): attempts may differ`,
    )
}
