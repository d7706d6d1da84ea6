import { firstFrame } from '@sluice/codecs/testing'
import {
  definePolicy,
  type PolicyInput,
  type Renderer,
  sanitize,
  UploadError,
  verifyOutput,
} from '@sluice/core'
import { memoryStore } from '@sluice/stores'
import { type AcceptedCase, bytesOf, type Case, extensionOf } from '@sluice/testkit/corpus'
import { thumb8, thumbDistance, thumbOf } from '@sluice/testkit/thumb8'
import type { Watch } from './watch-modules.js'

/**
 * As delivered, but for speed of encoding, time on a busy machine, and one honest animation of 380 frames.
 */
export const policy = definePolicy({ output: { effort: 0 }, timeMs: 120_000, maxFrames: 400 })

/** After lossy WebP, from the nearest of the reference's thumbs. */
const MATCH = 16
/** A profile that moves colours further than this leaves only the thumb in sRGB. */
const LARGE_SHIFT = 24

/** What must never be in an output: metadata by its signature, and payloads. */
const foreign = [
  'Exif',
  'ICC_PROFILE',
  'http://ns.adobe.com/',
  '<?php',
  '<script',
  'eXIf',
  'iCCP',
  'XMP ',
  'EXIF',
]

export interface Examiner {
  /** What is wrong with a file that must be accepted; undefined where nothing is. */
  missOf(entry: AcceptedCase): Promise<string | undefined>
  /** The code of a refusal; undefined where a picture came out. Anything else that is thrown is a fault. */
  refusalOf(entry: Case): Promise<string | undefined>
}

const unwatched: Watch = (_, work) => work()

/** @param settings of the policy, besides those above */
export function examineWith(renderer: Renderer, watch = unwatched, settings: PolicyInput = {}): Examiner {
  const own = definePolicy({ ...policy, ...settings })

  async function pass(entry: Case) {
    const store = memoryStore()
    const upload = { body: bytesOf(entry), name: `upload${extensionOf(entry)}` }
    const stored = await watch(entry.file, () => sanitize(upload, { policy: own, renderer, store }))
    const bytes = await store.get(stored.key)
    if (!bytes) throw new Error('nothing was stored')
    return { ...stored, bytes }
  }

  return {
    async missOf(entry) {
      try {
        const { width, height, frames, bytes } = await pass(entry)
        if (`${width}x${height}` !== entry.size.join('x'))
          return `${width}x${height}, not ${entry.size.join('x')}`
        // A second picture in a JPEG (MPO) is not a frame.
        const wanted = entry.detected === 'MPO' ? 1 : entry.frames
        if (frames !== wanted) return `${frames} frames, not ${wanted}`
        const found = Buffer.from(bytes).toString('latin1')
        const left = foreign.find(marker => found.includes(marker))
        if (left) return `${left} is in the output`
        const distance = distanceOf(thumb8(await firstFrame(bytes)), entry)
        return distance > MATCH ? `distance ${Math.round(distance)}` : undefined
      } catch (thrown) {
        return thrown instanceof UploadError ? `refused: ${thrown.code}` : `threw ${String(thrown)}`
      }
    },
    async refusalOf(entry) {
      try {
        verifyOutput((await pass(entry)).bytes)
        return undefined
      } catch (thrown) {
        if (thrown instanceof UploadError && thrown.code !== 'internal') return thrown.code
        throw thrown
      }
    },
  }
}

function distanceOf(
  thumb: Uint8Array,
  { thumb8, srgb_thumb8, out_thumb8, icc_shift = 0 }: AcceptedCase,
): number {
  const references = icc_shift > LARGE_SHIFT ? [srgb_thumb8] : [thumb8, srgb_thumb8, out_thumb8]
  return Math.min(...references.flatMap(hex => (hex ? [thumbDistance(thumb, thumbOf(hex))] : [])))
}
