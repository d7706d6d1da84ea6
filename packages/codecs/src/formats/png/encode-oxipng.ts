import { type Cost, Instance, type Limits, putBytes, throwMessage } from '@sluice/sandbox'
import { loadModule } from '#png-modules'

/** Results of wasm-bindgen are put where the caller says: an address and a length, at a multiple of 16. */
const RESULT_BYTES = 16

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
  if (pixels.length !== width * height * 4)
    throw new TypeError(`${pixels.length} bytes for ${width}x${height} pixels`)
  const instance = new Instance(
    await loadModule('oxipng'),
    self => ({ wbg: { __wbindgen_throw: throwMessage(self) } }),
    limits,
  )
  return instance.guardOrClose(() => {
    const result = instance.call('__wbindgen_add_to_stack_pointer', -RESULT_BYTES)
    const source = putBytes(instance, pixels)
    const [interlace, changeHiddenColours] = [0, 0]
    instance.call(
      'optimise_raw',
      result,
      source,
      pixels.length,
      width,
      height,
      level,
      interlace,
      changeHiddenColours,
    )
    const view = new DataView(instance.memory.buffer)
    const address = view.getUint32(result, true)
    const length = view.getUint32(result + 4, true)
    const bytes = new Uint8Array(instance.memory.buffer, address, length).slice()
    const { cost } = instance
    instance.close()
    return { bytes, cost }
  })
}
