import { type HostFunction, Instance, type Limits, Refusal, system, warnings } from '@sluice/sandbox'
import type { Decoded } from '../../wasm/decoded.js'

// Of libheif's heif_image.h and heif_decoding.h.
const COLORSPACE_RGB = 1
const CHROMA_INTERLEAVED_RGBA = 11
const CHANNEL_INTERLEAVED = 10
/** Offsets in `heif_decoding_options`. */
const CONVERT_TO_8_BITS = 20
const STRICT = 21

/**
 * Decodes the primary picture of a HEIC (libheif 1.23 and libde265), upright and cut to its clean aperture: libheif does
 * that itself. More than 8 bits lose the lowest ones.
 *
 * @throws SandboxError
 */
export function decodeHeic(module: WebAssembly.Module, bytes: Uint8Array, limits: Limits): Decoded {
  const stderr = warnings()
  const instance = new Instance(module, self => link(module, system(self, stderr)), limits)
  const view = () => new DataView(instance.memory.buffer)
  const u32 = (address: number) => view().getUint32(address, true)
  return instance.guardOrClose(() => {
    instance.run('__wasm_call_ctors')
    const allocate = (length: number) => instance.run('malloc', length) >>> 0 || fail('malloc returned null')
    // An error is three words; what a function gives besides goes into the fourth.
    const result = allocate(16)
    const out = result + 12
    const attempt = (name: string, ...args: number[]) => {
      view().setUint32(out, 0, true)
      instance.run(name, result, ...args)
      if (u32(result) !== 0) fail(`libheif, ${name}: ${text(instance, u32(result + 8))}`)
      return u32(out)
    }

    const file = allocate(bytes.length)
    new Uint8Array(instance.memory.buffer).set(bytes, file)
    const context = instance.run('heif_context_alloc')
    attempt('heif_context_read_from_memory_without_copy', context, file, bytes.length, 0)
    const handle = attempt('heif_context_get_primary_image_handle', context, out)
    const options = instance.run('heif_decoding_options_alloc')
    view().setUint8(options + CONVERT_TO_8_BITS, 1)
    view().setUint8(options + STRICT, 1)
    const image = attempt('heif_decode_image', handle, out, COLORSPACE_RGB, CHROMA_INTERLEAVED_RGBA, options)
    if (instance.run('heif_image_get_decoding_warnings', image, 0, 0, 0) > 0) fail('a warning of libheif')

    const width = instance.run('heif_image_get_width', image, CHANNEL_INTERLEAVED)
    const height = instance.run('heif_image_get_height', image, CHANNEL_INTERLEAVED)
    const plane = instance.run('heif_image_get_plane_readonly', image, CHANNEL_INTERLEAVED, out) >>> 0
    const pixels = tighten(new Uint8Array(instance.memory.buffer, plane), width, height, u32(out))
    return {
      width,
      height,
      pixels,
      warnings: stderr.lines,
      cost: instance.cost,
      release: () => instance.close(),
    }
  })
}

const fail = (detail: string): never => {
  throw new Refusal(detail)
}

const LONGEST_MESSAGE = 200

function text({ memory }: Instance, address: number): string {
  const bytes = new Uint8Array(memory.buffer, address, LONGEST_MESSAGE)
  const end = bytes.indexOf(0)
  return String.fromCharCode(...bytes.subarray(0, end < 0 ? LONGEST_MESSAGE : end)).replace(/[^ -~]/g, '?')
}

/** Closes the gaps between rows, in place. */
function tighten(plane: Uint8Array, width: number, height: number, stride: number): Uint8Array {
  const row = 4 * width
  if (!(width > 0 && height > 0 && stride >= row && stride * height <= plane.length))
    fail(`${width} x ${height} in rows of ${stride} bytes`)
  if (stride > row) for (let y = 1; y < height; y++) plane.copyWithin(y * row, y * stride, y * stride + row)
  return plane.subarray(0, row * height)
}

/** Its classes for JavaScript are not served: their registration is passed over, and any use of them is a refusal. */
function link(module: WebAssembly.Module, known: Readonly<Record<string, HostFunction>>) {
  const env: Record<string, HostFunction> = {}
  for (const { name, kind } of WebAssembly.Module.imports(module)) {
    if (kind !== 'function') continue
    const registers = name.startsWith('_embind_')
    env[name] = known[name] ?? (registers ? () => undefined : () => fail(`${name} was called`))
  }
  return { env }
}
