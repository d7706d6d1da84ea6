import { encodeLossy } from '@sluice/encoder'
import type { Limits } from '@sluice/sandbox'
import { halfOf, ifItFits, limitsOf } from '../../budget.js'
import type { Picture, StillOptions } from '../../codec.js'
import { ownPrice } from '../../encoder-prices.js'
import { encoderBytes, runEncoder } from './run-encoder.js'

/**
 * Lossy WebP (VP8, RFC 6386) by our own encoder, the alpha plane without loss. What takes more than half of
 * its part of the time that is left is encoded with the least effort.
 *
 * @throws SandboxError 'out-of-fuel' or 'out-of-memory' where that is too much as well
 */
export async function encodeVp8(
  { pixels, width, height }: Picture,
  { quality, effort, budget, pictures }: StillOptions,
): Promise<Uint8Array> {
  const limits = () => limitsOf(budget, ownPrice('vp8'), encoderBytes({ width, height }))
  const encode = (limits: Limits, effort: number) =>
    runEncoder(limits, encoder =>
      encodeLossy(encoder, pixels, width, height, { quality, effort, isPart: budget.isPart }),
    )
  const attempt = effort > 0 ? await ifItFits(budget, encode(halfOf(limits(), pictures), effort)) : undefined
  return attempt ?? encode(limits(), 0)
}
