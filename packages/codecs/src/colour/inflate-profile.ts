import { UploadError } from '@sluice/core'
import { inflate } from '@sluice/kernel'
import { SandboxError } from '@sluice/sandbox'
import { inflatePrice } from '../prices.js'
import { withKernel } from '../wasm/with-kernel.js'
import { BrokenProfile } from './broken-profile.js'
import type { Inflate } from './embedded-profile.js'

/** By the kernel: bounded and metered as the picture is. @throws SandboxError where the image may cost no more */
export const inflateProfile: Inflate = async (compressed, most, budget) => {
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
