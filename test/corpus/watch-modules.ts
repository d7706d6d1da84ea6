// Which modules of WebAssembly see something of a file, watched from outside: whoever makes an instance is seen,
// by whatever way its module came.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'

const folder = new URL('../../packages/codecs/dist/wasm/', import.meta.url)
const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const files = new Map(
  readdirSync(folder)
    .filter(name => name.endsWith('.wasm'))
    .map(name => [hashOf(readFileSync(new URL(name, folder))), name.replace('.wasm', '')]),
)
const names = new WeakMap<WebAssembly.Module, string>()
let made = new Set<string>()

/** From now on. No module may be compiled yet. */
function watchModules(): void {
  const { compile, Instance } = WebAssembly
  WebAssembly.compile = async bytes => {
    const module = await compile(bytes)
    const view = ArrayBuffer.isView(bytes)
      ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
      : new Uint8Array(bytes)
    names.set(module, files.get(hashOf(view)) ?? 'unknown')
    return module
  }
  WebAssembly.Instance = new Proxy(Instance, {
    construct(target, args: [WebAssembly.Module, WebAssembly.Imports?]) {
      made.add(names.get(args[0]) ?? 'unknown')
      return new target(...args)
    },
  })
}

/** What an examined upload is given to: `work` is the pipeline, and nothing of the test. */
export type Watch = <Value>(file: string, work: () => Promise<Value>) => Promise<Value>

/** Notes for each file the names of the modules of which instances are made, accepted or refused. */
export function moduleWatch(loaded: Map<string, string>): Watch {
  watchModules()
  return async (file, work) => {
    made = new Set()
    try {
      return await work()
    } finally {
      loaded.set(file, [...made].sort().join(' '))
    }
  }
}
