import { type EncoderInstance, instantiate, type NotEncoded } from '@sluice/encoder'
import { type Limits, openGuest, SandboxError } from '@sluice/sandbox'
import { loadModule } from '#modules'
import type { Size } from '../../codec.js'

/**
 * About what the encoder takes: 55 bytes a pixel for a drawing, 15 or less for a photograph. A small picture is assumed to
 * be a drawing: whoever asks for little memory must not outgrow it.
 */
export function encoderBytes({ width, height }: Size): number {
  const pixels = width * height
  return Math.max(15 * pixels, Math.min(2 ** 20 + 55 * pixels, 2 ** 22))
}

/** Encodes a picture in a fresh instance of the encoder. @throws SandboxError instead of what is `NotEncoded` */
export async function runEncoder<File extends Uint8Array | undefined>(
  limits: Limits,
  encode: (encoder: EncoderInstance) => File | NotEncoded,
): Promise<File> {
  const module = await loadModule('encoder')
  const guest = openGuest(module, limits, memory => instantiate(module, memory))
  try {
    const file = guest.run(encode)
    if (typeof file !== 'string') return file
    if (file !== 'out-of-memory') throw new SandboxError('refused', file)
    throw new SandboxError(guest.refusedByRuntime ? 'no-memory' : file, 'the encoder needs more')
  } finally {
    guest.close()
  }
}
