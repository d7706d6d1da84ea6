import {
  createEmscripten,
  type EmscriptenInstance,
  type Globals,
  type HostFunction,
  jumps,
  type Limits,
  Refusal,
} from '@sluice/sandbox'

/** A clock that stands still: only the codecs' statistics ask for the time. */
const clock = { emscripten_date_now: () => 0 }

/** An instance of one of the codecs of AVIF, with its constructors run. What it has no need of is a refusal. */
export function createCodec(
  module: WebAssembly.Module,
  globals: Globals,
  limits: Limits,
): EmscriptenInstance {
  return createEmscripten(module, globals, limits, (self, others) => {
    const known: Record<string, HostFunction> = { ...others, ...clock }
    const env: Record<string, HostFunction> = {}
    for (const { name, kind } of WebAssembly.Module.imports(module))
      if (kind === 'function') env[name] = known[name] ?? jumps(self, name) ?? refuse(name)
    return env
  })
}

const refuse = (name: string) => () => {
  throw new Refusal(`${name} was called`)
}
