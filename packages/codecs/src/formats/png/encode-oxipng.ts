import { type Cost, callForBytes, Instance, type Limits, putBytes, throwMessage } from '@sluice/sandbox'
import { loadModule } from '#png-modules'
import { checkPixels } from '../../pixels/check-pixels.js'

/**
 * Encodes RGBA pixels as a PNG, exact, with the smallest colour type that holds them (OxiPNG).
 *
 * @param level 0 (fast) to 6 (small): how many filters are tried, and how hard it is deflated
 * @throws SandboxError
 */
export async function encodeOxipng(
  pixels: Uint8Array,
  width: number,
  height: number,
  level: number,
  limits: Limits,
): Promise<{ bytes: Uint8Array; cost: Cost }> {
  checkPixels(pixels, width, height)
  const instance = new Instance(
    await loadModule('oxipng'),
    self => ({ wbg: { __wbindgen_throw: throwMessage(self) } }),
    limits,
  )
  return instance.guardOrClose(() => {
    const source = putBytes(instance, pixels)
    const [interlace, changeHiddenColours] = [0, 0]
    const bytes = callForBytes(
      instance,
      'optimise_raw',
      source,
      pixels.length,
      width,
      height,
      level,
      interlace,
      changeHiddenColours,
    )
    const { cost } = instance
    instance.close()
    return { bytes, cost }
  })
}
