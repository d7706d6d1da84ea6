import type { Cost, Limits } from './limits.js'
import { giveBack, pagesOf, takeMemory } from './memories.js'
import { classify, type Gauges, SandboxError } from './sandbox-error.js'
import { startingPages } from './starting-pages.js'

export type HostFunction = (...args: number[]) => number | undefined
export type Imports = Readonly<Record<string, Readonly<Record<string, HostFunction>>>>

/** One instance of a module, for one image. */
export interface Instance extends Gauges {
  readonly memory: WebAssembly.Memory
  readonly maximumBytes: number
  readonly exports: WebAssembly.Exports
  readonly cost: Cost
  /** Calls an exported function. @throws SandboxError, whatever was thrown inside */
  call(name: string, ...args: number[]): number
  /** Runs host code that calls into the instance. @throws SandboxError, whatever was thrown inside */
  guard<T>(work: () => T): T
  /** Charges work that the host does on behalf of the module. */
  burn(units: number): void
  /** Grows the memory for the module. @returns false, and takes note, if the ceiling does not allow it */
  grow(toBytes: number): boolean
  /** Gives the memory back. After this the instance is dead, and every view on its memory is empty. */
  close(): void
}

/**
 * A fresh instance with a memory of at most `limits.memoryBytes` and `limits.fuel` in the tank.
 *
 * @param link makes the imports; it is given the instance, whose memory and exports they use when they are called
 * @throws SandboxError 'out-of-memory' when the ceiling is below what the module needs to start
 */
export function createInstance(
  module: WebAssembly.Module,
  link: (instance: Instance) => Imports,
  limits: Limits,
): Instance {
  const pages = startingPages(module)
  const maximum = pagesOf(limits.memoryBytes)
  if (pages > maximum)
    throw new SandboxError('out-of-memory', `starts with ${pages} pages of 64 KiB, the ceiling is ${maximum}`)
  const memory = takeMemory(pages, maximum)
  let exports: WebAssembly.Exports = {}
  let refused = 0

  const fuel = () => (exports as Gauged).fuel
  const instance: Instance = {
    memory,
    maximumBytes: maximum * 65_536,
    get exports() {
      return exports
    },
    get cost() {
      return { fuel: fuel() ? limits.fuel - instance.fuelLeft() : 0, memoryBytes: memory.buffer.byteLength }
    },
    fuelLeft: () => Number(fuel()?.value ?? 0n),
    refusedBytes: () => refused || pagesRefused(exports) * 65_536,
    call: (name, ...args) => instance.guard(() => (exports[name] as (...args: number[]) => number)(...args)),
    guard(work) {
      try {
        return work()
      } catch (thrown) {
        throw classify(thrown, instance)
      }
    },
    burn(units) {
      const tank = fuel()
      if (!tank) return
      tank.value -= BigInt(units)
      if (tank.value < 0n) throw new SandboxError('out-of-fuel', 'the budget of fuel was used up')
    },
    grow(toBytes) {
      const missing = Math.max(0, toBytes - memory.buffer.byteLength)
      try {
        memory.grow(Math.ceil(missing / 65_536))
        return true
      } catch {
        refused = missing
        return false
      }
    },
    close: () => giveBack(memory),
  }

  const { env, ...others } = link(instance)
  exports = new WebAssembly.Instance(module, { ...others, env: { ...env, memory } }).exports
  const tank = fuel()
  if (tank) tank.value = BigInt(limits.fuel)
  return instance
}

/** What hardening adds to the exports of a module; `fuel` only where it is metered. */
type Gauged = { readonly fuel?: WebAssembly.Global<'i64'>; readonly refused?: WebAssembly.Global<'i32'> }

const pagesRefused = (exports: WebAssembly.Exports) => ((exports as Gauged).refused?.value ?? 0) >>> 0
