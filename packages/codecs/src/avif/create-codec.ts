import { embind, type Globals } from '../sandbox/embind.js'
import { type EmscriptenInstance, system } from '../sandbox/emscripten.js'
import { type HostFunction, Instance } from '../sandbox/instance.js'
import type { Limits } from '../sandbox/limits.js'
import { Refusal } from '../sandbox/sandbox-error.js'
import { warnings } from '../sandbox/warnings.js'
import { jumps } from './jumps.js'

/** An instance of one of the codecs of AVIF, with its constructors run. What it has no need of is a refusal. */
export function createCodec(
  module: WebAssembly.Module,
  globals: Globals,
  limits: Limits,
): EmscriptenInstance {
  const heard = warnings()
  let bound!: ReturnType<typeof embind>
  const instance = new Instance(
    module,
    self => {
      bound = embind(self, globals)
      const known: Record<string, HostFunction> = {
        ...system(self, heard),
        ...bound.imports,
        // A clock that stands still: only its statistics ask for the time.
        emscripten_date_now: () => 0,
      }
      const env: Record<string, HostFunction> = {}
      for (const { name, kind } of WebAssembly.Module.imports(module))
        if (kind === 'function') env[name] = known[name] ?? jumps(self, name) ?? refuse(name)
      return { env }
    },
    limits,
  )
  instance.guardOrClose(() => instance.run('__wasm_call_ctors'))
  return { instance, bindings: bound.bindings, warnings: heard.lines }
}

const refuse = (name: string) => () => {
  throw new Refusal(`${name} was called`)
}
