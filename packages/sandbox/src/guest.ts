import { FuelTank } from './fuel-tank.js'
import type { Limits } from './limits.js'
import { InstanceMemory } from './memory/instance-memory.js'
import { classify } from './sandbox-error.js'

/** An instance that somebody else made and knows how to call, within limits. */
export interface Guest<Made> {
  /** Whether the runtime itself had no more memory to give: the machine's lack, not the image's excess. */
  readonly refusedByRuntime: boolean
  /**
   * Runs code that calls the instance, and lets through what it throws but a trap.
   * @throws SandboxError instead of a trap @throws TypeError after `close`
   */
  run<Value>(work: (instance: Made) => Value): Value
  /** Gives the memory back, which may serve another image from then on. Idempotent. */
  close(): void
}

/**
 * Instantiates a module of ours in a memory of the pool, which goes back if that fails.
 * @param make the instance, in the memory that it is given: zeros, of the pages that the module starts with
 * @throws SandboxError 'out-of-memory' where less is left than the module starts with
 */
export function openGuest<Made extends { readonly exports: object }>(
  module: WebAssembly.Module,
  limits: Limits,
  make: (memory: WebAssembly.Memory) => Made,
): Guest<Made> {
  const memory = new InstanceMemory(module, limits)
  let instance: Made | undefined
  let tank: FuelTank
  try {
    instance = make(memory.memory)
    memory.attach(instance.exports)
    tank = new FuelTank(instance.exports, limits)
  } catch (thrown) {
    memory.close()
    throw thrown
  }
  return {
    get refusedByRuntime() {
      return memory.refusedByRuntime
    },
    run(work) {
      if (!instance) throw new TypeError('the instance is closed')
      memory.ready()
      tank.ready()
      try {
        return work(instance)
      } catch (thrown) {
        if (!(thrown instanceof WebAssembly.RuntimeError)) throw thrown
        const { refusedBytes, refusedByRuntime } = memory
        throw classify(thrown, { fuelLeft: tank.left, refusedBytes, refusedByRuntime })
      } finally {
        tank.tell()
      }
    },
    close() {
      if (!instance) return
      instance = undefined
      memory.close()
    },
  }
}
