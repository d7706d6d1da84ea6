import { type Cost, type EmscriptenInstance, putString, Refusal } from '@sluice/sandbox'
import type { Picture } from '../codec.js'

/** An encoder builds new Uint8Array(its memory) of what it wrote, and would free the memory next. */
export const encoderGlobals = { Uint8Array: (view: Uint8Array) => view.slice() }

/**
 * Encodes with one of the modules whose `encode` takes RGBA and a structure of options, and gives a Uint8Array. The
 * instance, made with `encoderGlobals`, is closed.
 *
 * @param struct name of the structure
 * @throws SandboxError
 */
export function encodeWith(
  codec: EmscriptenInstance,
  { pixels, width, height }: Picture,
  struct: string,
  options: Readonly<Record<string, number>>,
): { bytes: Uint8Array; cost: Cost } {
  const { instance, bindings } = codec
  return instance.guardOrClose(() => {
    const given = bindings.struct(struct, options)
    const handle = bindings.function('encode')(putString(codec, pixels), width, height, given)
    const bytes = bindings.value(handle)
    if (!(bytes instanceof Uint8Array)) throw new Refusal('no output')
    const { cost } = instance
    instance.close()
    return { bytes, cost }
  })
}
