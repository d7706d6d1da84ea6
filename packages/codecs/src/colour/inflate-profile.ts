import { UploadError } from '@sluice/core'
import { concatBytes } from '@sluice/core/bytes'
import { hasSimd, inflate } from '@sluice/kernel'
import { SandboxError } from '@sluice/sandbox'
import type { ImageBudget } from '../budget.js'
import { inflatePrice } from '../prices.js'
import { withKernel } from '../wasm/with-kernel.js'
import { BrokenProfile } from './broken-profile.js'

/**
 * The profile of a PNG, which is compressed (PNG 3rd edition, 11.3.2.3), by the kernel: bounded and metered as the
 * picture is. Where that cannot run, by the runtime's own code.
 *
 * @param most bytes that it may have
 * @throws BrokenProfile for a larger or damaged one; SandboxError where the image may cost no more
 */
export const inflateProfile = (
  compressed: Uint8Array,
  most: number,
  budget: ImageBudget,
): Promise<Uint8Array> =>
  hasSimd() ? inflateByKernel(compressed, most, budget) : inflateByRuntime(compressed, most)

async function inflateByKernel(
  compressed: Uint8Array,
  most: number,
  budget: ImageBudget,
): Promise<Uint8Array> {
  const price = inflatePrice(compressed.length, most)
  try {
    return await withKernel(budget, price, compressed.length, kernel => inflate(kernel, compressed, most))
  } catch (thrown) {
    if (isRefusal(thrown)) throw new BrokenProfile(thrown.message, { cause: thrown })
    throw thrown
  }
}

/** What is wrong with the stream itself. */
const isRefusal = (thrown: unknown): thrown is Error =>
  thrown instanceof UploadError
    ? thrown.code === 'truncated'
    : thrown instanceof SandboxError && thrown.kind === 'refused'

/**
 * By `DecompressionStream`, which stops at the limit: a decompression bomb ends there.
 * @throws BrokenProfile above `most` bytes, and for damaged data
 */
export async function inflateByRuntime(compressed: Uint8Array, most: number): Promise<Uint8Array> {
  const blob = new Blob([compressed as Uint8Array<ArrayBuffer>])
  const reader = blob.stream().pipeThrough(new DecompressionStream('deflate')).getReader()
  const pieces: Uint8Array[] = []
  let length = 0
  try {
    for (;;) {
      // What a runtime throws for damaged data differs; nothing else fails here.
      const { done, value } = await reader.read().catch((cause: unknown) => {
        throw new BrokenProfile('damaged', { cause })
      })
      if (done) return concatBytes(pieces)
      length += value.length
      if (length > most) throw new BrokenProfile(`inflates to more than ${most} bytes`)
      pieces.push(value)
    }
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}
