import { uploadHandler } from '@sluice/adapters/fetch'
import { bytesHeld } from '@sluice/sandbox'
import { memoryStore } from '@sluice/stores'

let peak = 0
let allocated = 0
/** Memories that modules bring themselves: all that are made, as if none were ever collected. */
const ownMemories = new Set<WebAssembly.Memory>()
const sample = (more = 0) => {
  const own = [...ownMemories].reduce((sum, { buffer }) => sum + buffer.byteLength, 0)
  peak = Math.max(peak, bytesHeld() + own + more)
}

// Memories grow inside of WASM, where nobody is asked; they are counted when the next instance is made, and
// once more when they are given back, which ends with a call of grow.
const { grow } = WebAssembly.Memory.prototype
WebAssembly.Memory.prototype.grow = function (pages) {
  sample(this.buffer.byteLength)
  return grow.call(this, pages)
}
WebAssembly.Instance = new Proxy(WebAssembly.Instance, {
  construct(target, given: [WebAssembly.Module, WebAssembly.Imports?]) {
    sample()
    const instance = new target(...given)
    const imported = Object.values(given[1] ?? {}).flatMap(each => Object.values(each))
    for (const each of Object.values(instance.exports))
      if (each instanceof WebAssembly.Memory && !imported.includes(each)) ownMemories.add(each)
    sample()
    return instance
  },
})
/** Buffers of JavaScript: all that are made, as if none were ever collected. */
const counted = <Type extends Uint8ArrayConstructor | Uint8ClampedArrayConstructor>(type: Type): Type =>
  new Proxy(type, {
    construct(target, given: [number], made) {
      if (typeof given[0] === 'number') allocated += given[0]
      return Reflect.construct(target, given, made)
    },
  })
globalThis.Uint8Array = counted(Uint8Array)
globalThis.Uint8ClampedArray = counted(Uint8ClampedArray)

const upload = uploadHandler({
  store: memoryStore(),
  public: true,
  csrf: false,
  policy: { preset: 'edge', maxBytes: '16 MiB' },
})

export default {
  async fetch(request: Request): Promise<Response> {
    peak = 0
    allocated = 0
    ownMemories.clear()
    const response = await upload(request)
    sample()
    const headers = new Headers(response.headers)
    headers.set('x-wasm-bytes', String(peak))
    headers.set('x-buffer-bytes', String(allocated))
    return new Response(response.body, { status: response.status, headers })
  },
}
