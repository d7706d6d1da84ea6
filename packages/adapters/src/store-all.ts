import { type Kit, type Stored, sanitize, type Upload } from '@sluice/core'

/**
 * Takes the files of one request down the road, one after the other. Where one is refused, those before it
 * are taken out of the store again: a request is stored as a whole or not at all.
 * @throws UploadError of the file that was refused
 */
export async function storeAll(uploads: readonly Upload[], kit: Kit): Promise<readonly Stored[]> {
  const stored: Stored[] = []
  try {
    for (const upload of uploads) stored.push(await sanitize(upload, kit))
    return stored
  } catch (thrown) {
    const keys = stored.flatMap(({ key, variants }) => [
      key,
      ...Object.values(variants).map(variant => variant.key),
    ])
    // One that cannot be deleted must not keep the others; nobody was told its name.
    await Promise.allSettled(keys.map(key => kit.store.delete(key)))
    throw thrown
  }
}
