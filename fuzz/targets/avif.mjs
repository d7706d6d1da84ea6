// The container of an AVIF, read and put together anew: what comes out says the same picture, and is ours to
// the last box.
import assert from 'node:assert/strict'
import { readHeader, sniffFormat, UploadError } from '@sluice/core'
import { ByteReader } from '@sluice/core/bytes'
import { repackAvif } from '@sluice/core/containers'
import { codedPicture, gridAvif, stillAvif } from '@sluice/testkit/images/avif'
import { readSeeds } from '../seeds.mjs'

export { mutateImage as mutate } from '@sluice/testkit/mutate/mutate-image'

const maxPixels = 64_000_000
/** What a container of at most 16,384 items and parts takes, in bytes. */
const maxContainer = 16_384 * 2_048

/** Files, and of each that is a single picture also a grid of it in no order, without `pixi`. */
export function seeds() {
  const files = readSeeds(16_384, bytes => sniffFormat(bytes) === 'avif')
  return files.flatMap(file => {
    const coded = singlePicture(file)
    if (coded === undefined) return [file]
    const { width, height } = coded
    const shape = { rows: 1, columns: 2, width: 2 * width, height }
    const grid = gridAvif([coded, coded], shape, { order: [1, 0], pixi: false, gridLast: true })
    return [file, grid, stillAvif(coded, { pixi: false })]
  })
}

/** @param {Uint8Array} file */
function singlePicture(file) {
  try {
    return codedPicture(file)
  } catch (thrown) {
    // Of others, with alpha or metadata, the boxes cannot be told apart.
    if (thrown instanceof Error && /^not one box|out of range/.test(thrown.message)) return undefined
    throw thrown
  }
}

/** @param {Uint8Array} bytes */
export function run(bytes) {
  if (sniffFormat(bytes) !== 'avif') return
  try {
    const before = readHeader('avif', new ByteReader(bytes), { maxPixels })
    const packed = repackAvif(bytes)
    assert.ok(packed.length <= bytes.length + maxContainer, `${packed.length} bytes of ${bytes.length}`)
    const after = headerOfOurs(packed)
    if (after === undefined) return
    for (const name of /** @type {const} */ ([
      'width',
      'height',
      'orientation',
      'alpha',
      'totalPixels',
      'bitDepth',
    ]))
      assert.equal(after[name], before[name], name)
    assert.deepEqual([after.repairs, after.exifBytes, after.trailingBytes], [[], 0, 0])
  } catch (thrown) {
    if (!(thrown instanceof UploadError)) throw thrown
    assert.ok(thrown.status < 500, `${thrown.code} is not the sender's fault`)
  }
}

/** @param {Uint8Array} packed */
function headerOfOurs(packed) {
  try {
    return readHeader('avif', new ByteReader(packed), { maxPixels: Number.POSITIVE_INFINITY })
  } catch (thrown) {
    // That limit is for strangers: tiles that are named again and again are more entries in ours.
    if (thrown instanceof UploadError && thrown.detail?.startsWith('more than ')) return undefined
    throw new Error(`our own container: ${thrown instanceof UploadError ? thrown.detail : thrown}`)
  }
}
