import { type Cost, Instance, type Limits, putBytes } from '@sluice/sandbox'
import { loadModule } from '#jsquash-modules'

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
  if (pixels.length !== width * height * 4)
    throw new TypeError(`${pixels.length} bytes for ${width}x${height} pixels`)
  for (const side of [toWidth, toHeight])
    if (!Number.isInteger(side) || side < 1) throw new TypeError(`${side} is no length in pixels`)
  const instance = new Instance(await loadModule('resize'), () => ({}), limits)
  return instance.guardOrClose(() => {
    const result = instance.call('__wbindgen_add_to_stack_pointer', -16)
    const source = putBytes(instance, pixels)
    const NOT_PREMULTIPLIED = 0
    const NOT_LINEAR = 0
    instance.call(
      'resize',
      result,
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
    const view = new DataView(instance.memory.buffer)
    const address = view.getUint32(result, true)
    const length = view.getUint32(result + 4, true)
    const resized = new Uint8Array(instance.memory.buffer, address, length).slice()
    const { cost } = instance
    instance.close()
    return { pixels: resized, cost }
  })
}
