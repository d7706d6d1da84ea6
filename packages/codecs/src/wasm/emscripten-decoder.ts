import { createEmscripten, type EmscriptenInstance, type Limits, Refusal } from '@sluice/sandbox'
import type { Decoded } from './decoded.js'
import { EarlyExit, runUntilPicture } from './early-exit.js'

// A decoder builds new ImageData(new Uint8ClampedArray(its memory), width, height) and would free the memory next.
const globals = {
  Uint8ClampedArray: (view: Uint8Array) => view,
  ImageData: (pixels: Uint8Array, width: number, height: number) => {
    throw new EarlyExit(pixels, width, height)
  },
}

/** Decodes with one of the modules that end in `ImageData`. @throws SandboxError */
export function decodeWith(
  module: WebAssembly.Module,
  limits: Limits,
  start: (codec: EmscriptenInstance) => void,
): Decoded {
  const codec = createEmscripten(module, globals, limits)
  const { instance, warnings } = codec
  return instance.guardOrClose(() => {
    const done = runUntilPicture(() => start(codec))
    if (!done) throw new Refusal(warnings.at(-1) ?? 'no picture')
    const { pixels, width, height } = done
    if (pixels.length !== width * height * 4)
      throw new Refusal(`${pixels.length} bytes for ${width}x${height} pixels`)
    return { width, height, pixels, warnings, cost: instance.cost, release: () => instance.close() }
  })
}
