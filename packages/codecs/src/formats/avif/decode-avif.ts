import { type Limits, putString, Refusal } from '@sluice/sandbox'
import { loadModule } from '#avif-modules'
import type { Decoded } from '../../wasm/decoded.js'
import { EarlyExit, runUntilPicture } from '../../wasm/early-exit.js'
import { createCodec } from './create-codec.js'

function refuse(): never {
  throw new Refusal('more than 8 bits')
}

// The decoder builds new ImageData(new Uint8ClampedArray(its memory), width, height) and would free the memory next.
const globals = {
  Uint8ClampedArray: (view: Uint8Array) => view,
  ImageData: (pixels: Uint8Array, width: number, height: number) => {
    throw new EarlyExit(pixels, width, height)
  },
  // Looked up for pictures of more than 8 bits, which are not asked for.
  Uint16Array: refuse,
  Object: refuse,
}

/**
 * Decodes an AVIF (libavif 1.0 and libaom 3.7 as jSquash builds them): every depth and sampling to 8 bits, of a sequence
 * the first picture. Rows come as they are coded: clean aperture and turns are not applied.
 *
 * @throws SandboxError
 */
export async function decodeAvif(bytes: Uint8Array, limits: Limits): Promise<Decoded> {
  const BITS = 8
  const codec = createCodec(await loadModule('avif-dec'), globals, limits)
  const { instance, bindings, warnings } = codec
  return instance.guardOrClose(() => {
    const done = runUntilPicture(() => {
      bindings.function('decode')(putString(codec, bytes), BITS)
    })
    if (!done) throw new Refusal(warnings.at(-1) ?? 'no picture')
    const { pixels, width, height } = done
    if (pixels.length !== width * height * 4)
      throw new Refusal(`${pixels.length} bytes for ${width}x${height} pixels`)
    return { width, height, pixels, warnings, cost: instance.cost, release: () => instance.close() }
  })
}
