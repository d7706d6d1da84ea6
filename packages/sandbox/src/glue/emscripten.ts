import { type HostFunction, Instance } from '../instance.js'
import type { Limits } from '../limits.js'
import { Refusal } from '../sandbox-error.js'
import { type Bindings, embind, type Globals } from './embind.js'
import { type Warnings, warnings } from './warnings.js'

const MEBIBYTE = 1 << 20
const ENOSYS = 52
const ESPIPE = 70

export interface EmscriptenInstance {
  readonly instance: Instance
  readonly bindings: Bindings
  /** What the codec printed so far. */
  readonly warnings: readonly string[]
}

/**
 * An instance of a module that Emscripten made, with its constructors run.
 * @param link makes its imports of what is known here, where a module wants more than that
 */
export function createEmscripten(
  module: WebAssembly.Module,
  globals: Globals,
  limits: Limits,
  link: (self: Instance, known: Record<string, HostFunction>) => Record<string, HostFunction> = (_, known) =>
    known,
): EmscriptenInstance {
  const stderr = warnings()
  let bound!: ReturnType<typeof embind>
  const instance = new Instance(
    module,
    self => {
      bound = embind(self, globals)
      return { env: link(self, { ...system(self, stderr), ...bound.imports }) }
    },
    limits,
  )
  instance.guardOrClose(() => instance.run('__wasm_call_ctors'))
  return { instance, bindings: bound.bindings, warnings: stderr.lines }
}

/**
 * The whole operating system that the C++ inside can see: memory, a place for warnings, and an end. No files, no clock,
 * no environment.
 */
export function system(self: Instance, stderr: Warnings): Record<string, HostFunction> {
  const view = () => new DataView(self.memory.buffer)
  const copy = (to = 0, from = 0, length = 0) => {
    const size = self.memory.buffer.byteLength
    if ((to >>> 0) + (length >>> 0) > size || (from >>> 0) + (length >>> 0) > size)
      throw new RangeError('copy out of bounds')
    // A loop inside would have paid for this.
    self.burn((length >>> 0) >>> 6)
    new Uint8Array(self.memory.buffer).copyWithin(to >>> 0, from >>> 0, (from >>> 0) + (length >>> 0))
    return undefined
  }
  return {
    abort() {
      throw new Error('abort()')
    },
    exit(status = 0) {
      throw new Refusal(stderr.lines.at(-1) ?? `exit(${status})`)
    },
    __cxa_throw() {
      throw new Refusal('C++ exception')
    },
    emscripten_memcpy_big: copy,
    _emscripten_memcpy_js: copy,
    emscripten_resize_heap: (bytes = 0) => {
      const wanted = bytes >>> 0
      // Growing detaches and remakes buffers, so small steps are rounded up where the ceiling leaves room.
      const rounded = Math.min(Math.ceil(wanted / MEBIBYTE) * MEBIBYTE, self.limitBytes)
      return self.grow(Math.max(wanted, rounded)) ? 1 : 0
    },
    environ_get: () => 0,
    environ_sizes_get: (count = 0, size = 0) => {
      view().setUint32(count >>> 0, 0, true)
      view().setUint32(size >>> 0, 0, true)
      return 0
    },
    fd_close: () => ENOSYS,
    fd_seek: () => ESPIPE,
    fd_write: (_file, vectors = 0, count = 0, written = 0) => {
      let total = 0
      // The codec says how many pieces there are: more than a few is not a message.
      for (let i = 0; i < Math.min(count >>> 0, 16); i++) {
        const address = view().getUint32((vectors >>> 0) + 8 * i, true)
        const length = view().getUint32((vectors >>> 0) + 8 * i + 4, true)
        stderr.write(new Uint8Array(self.memory.buffer, address, length))
        total += length
      }
      view().setUint32(written >>> 0, total, true)
      return 0
    },
  }
}

/** Copies bytes into the instance as a std::string. @returns its address */
export function putString({ instance }: EmscriptenInstance, bytes: Uint8Array): number {
  const address = instance.call('malloc', 4 + bytes.length + 1) >>> 0
  if (address === 0) throw new Refusal('malloc returned null')
  new DataView(instance.memory.buffer).setUint32(address, bytes.length, true)
  new Uint8Array(instance.memory.buffer).set(bytes, address + 4)
  return address
}
