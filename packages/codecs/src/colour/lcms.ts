import {
  type Cost,
  type HostFunction,
  type Imports,
  Instance,
  type Limits,
  Refusal,
  system,
  type Warnings,
  warnings,
} from '@sluice/sandbox'
import { loadModule } from '#modules'

/** Colour spaces of the ICC header (ICC.1:2022, table 19) that four bytes a pixel can hold. */
export type ProfileSpace = 'rgb' | 'grey' | 'cmyk'

export interface Transform {
  readonly space: ProfileSpace
  /**
   * Converts four bytes a pixel to sRGB, in place: RGBA, grey as RGBA, or CMYK (255 is full ink), which gets opaque.
   * Alpha stays as it is. @throws SandboxError
   */
  apply(pixels: Uint8Array): void
  readonly cost: Cost
  close(): void
}

/** Pixel formats of Little CMS (lcms2.h): colour space << 16, extra bytes << 7, channels << 3, bytes a channel. */
const format = (space: number, extra: number, channels: number) =>
  (space << 16) | (extra << 7) | (channels << 3) | 1
const SRGB = format(4, 1, 3)
const spaces: Readonly<Record<number, readonly [ProfileSpace, number]>> = {
  1380401696: ['rgb', SRGB],
  1196573017: ['grey', format(3, 3, 1)],
  1129142603: ['cmyk', format(6, 0, 4)],
}
const RELATIVE_COLORIMETRIC = 1
/** The darkest colour of the profile becomes black, as it does in print and in other viewers. */
const BLACK_POINT_COMPENSATION = 0x2000
const CHUNK = 16_384

/**
 * A transform from an ICC profile (v2 or v4, matrix or tables) to sRGB, relative colorimetric with black point compensation
 * (Little CMS 2.16).
 *
 * @param flags `cmsFLAGS_*` of lcms2.h
 * @throws SandboxError; 'refused' where the profile cannot be used
 */
export async function createTransform(
  profile: Uint8Array,
  limits: Limits,
  flags = BLACK_POINT_COMPENSATION,
): Promise<Transform> {
  const module = await loadModule('lcms')
  const stderr = warnings()
  const instance = new Instance(module, self => link(module, self, stderr), limits)
  const require = (address: number) => address >>> 0 || fail(stderr)
  return instance.guardOrClose(() => {
    instance.call('__wasm_call_ctors')
    const copy = require(instance.call('malloc', profile.length))
    new Uint8Array(instance.memory.buffer).set(profile, copy)
    const from = require(instance.call('cmsOpenProfileFromMem', copy, profile.length))
    const [space, input] = spaces[instance.call('cmsGetColorSpace', from)] ?? fail(stderr)
    const to = require(instance.call('cmsCreate_sRGBProfile'))
    const transform = require(
      instance.call('cmsCreateTransform', from, input, to, SRGB, RELATIVE_COLORIMETRIC, flags),
    )
    const buffer = require(instance.call('malloc', 4 * CHUNK))
    return {
      space,
      apply(pixels) {
        for (let at = 0; at < pixels.length; at += 4 * CHUNK) {
          const part = pixels.subarray(at, at + 4 * CHUNK)
          new Uint8Array(instance.memory.buffer).set(part, buffer)
          instance.call('cmsDoTransform', transform, buffer, buffer, part.length / 4)
          copyColours(new Uint8Array(instance.memory.buffer, buffer, part.length), part, space === 'cmyk')
        }
      },
      get cost() {
        return instance.cost
      },
      close: () => instance.close(),
    }
  })
}

/** Little CMS leaves the fourth byte undefined. */
function copyColours(from: Uint8Array, to: Uint8Array, opaque: boolean): void {
  for (let at = 0; at < to.length; at += 4) {
    const alpha = to[at + 3] ?? 0
    to[at] = from[at] ?? 0
    to[at + 1] = from[at + 1] ?? 0
    to[at + 2] = from[at + 2] ?? 0
    to[at + 3] = opaque ? 255 : alpha
  }
}

const fail = (stderr: Warnings): never => {
  throw new Refusal(stderr.lines.at(-1) ?? 'Little CMS cannot use the profile')
}

/** Time stands still, files do not exist, and whatever else a colour conversion has no need of is a refusal. */
function link(module: WebAssembly.Module, self: Instance, stderr: Warnings): Imports {
  const { fd_write, fd_close, fd_seek, abort, emscripten_resize_heap, _emscripten_memcpy_js } = system(
    self,
    stderr,
  )
  const known: Readonly<Record<string, HostFunction | undefined>> = {
    fd_write,
    fd_close,
    fd_seek,
    abort,
    emscripten_resize_heap,
    emscripten_memcpy_js: _emscripten_memcpy_js,
    emscripten_date_now: () => 0,
    _gmtime_js: () => undefined,
    _tzset_js: () => undefined,
  }
  const imports: Record<string, Record<string, HostFunction>> = {}
  for (const { module: from, name, kind } of WebAssembly.Module.imports(module)) {
    if (kind !== 'function') continue
    const refuse = () => {
      throw new Refusal(`${name} was called`)
    }
    imports[from] = { ...imports[from], [name]: known[name] ?? refuse }
  }
  return imports
}
