// Counts the linear memories of a process, of whichever library: every one is either made by us (imported) or exported.
// Memories never shrink, so that the sum over those that one image used is the most that they can have held together.
/** @type {Set<WebAssembly.Memory>} */
const seen = new Set()
let counting = true
/** @param {WebAssembly.Memory} memory */
const keep = memory => counting && seen.add(memory)

const { Memory, Instance, instantiate } = WebAssembly
WebAssembly.Memory = new Proxy(Memory, {
  construct(target, args, newTarget) {
    const memory = Reflect.construct(target, args, newTarget)
    keep(memory)
    return memory
  },
})
/** @param {WebAssembly.Instance} instance */
const exported = instance => {
  for (const value of Object.values(instance.exports)) if (value instanceof Memory) keep(value)
  return instance
}
WebAssembly.Instance = new Proxy(Instance, {
  construct: (target, args, newTarget) => exported(Reflect.construct(target, args, newTarget)),
})
WebAssembly.instantiate = new Proxy(instantiate, {
  async apply(target, self, args) {
    const result = await Reflect.apply(target, self, args)
    exported(result.instance ?? result)
    return result
  },
})

/**
 * Bytes of all memories that were not yet forgotten. `forget`: so that they can be freed.
 * @param {boolean} forget
 */
export function wasmBytes(forget) {
  const bytes = [...seen].reduce((sum, memory) => sum + memory.buffer.byteLength, 0)
  if (forget) seen.clear()
  return bytes
}

/** What is counted is kept, and so never collected: whoever measures time counts nothing. */
export function stopCounting() {
  counting = false
  seen.clear()
}
