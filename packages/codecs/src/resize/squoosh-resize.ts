import { type Cost, callForBytes, Instance, type Limits, putBytes } from '@sluice/sandbox'
import { loadModule } from '#jsquash-modules'
import { checkPixels } from '../pixels/check-pixels.js'

const LANCZOS3 = 3

/**
 * Resizes four bytes a pixel with Lanczos3, each channel on its own: the caller multiplies by alpha where there is any.
 * Takes about 8 bytes of memory per source pixel.
 *
 * @throws SandboxError
 */
export async function resize(
  pixels: Uint8Array,
  width: number,
  height: number,
  toWidth: number,
  toHeight: number,
  limits: Limits,
): Promise<{ pixels: Uint8Array; cost: Cost }> {
  checkPixels(pixels, width, height)
  for (const side of [toWidth, toHeight])
    if (!Number.isInteger(side) || side < 1) throw new TypeError(`${side} is no length in pixels`)
  const instance = new Instance(await loadModule('resize'), () => ({}), limits)
  return instance.guardOrClose(() => {
    const source = putBytes(instance, pixels)
    const NOT_PREMULTIPLIED = 0
    const NOT_LINEAR = 0
    const resized = callForBytes(
      instance,
      'resize',
      source,
      pixels.length,
      width,
      height,
      toWidth,
      toHeight,
      LANCZOS3,
      NOT_PREMULTIPLIED,
      NOT_LINEAR,
    )
    const { cost } = instance
    instance.close()
    return { pixels: resized, cost }
  })
}
