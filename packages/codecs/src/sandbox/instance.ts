import type { Cost, Limits } from './limits.js'
import { giveBack, PAGE, takeMemory } from './memories.js'
import { classify, type Gauges, SandboxError } from './sandbox-error.js'
import { startingPages } from './starting-pages.js'

export type HostFunction = (...args: number[]) => number | undefined
export type Imports = Readonly<Record<string, Readonly<Record<string, HostFunction>>>>

/** What hardening adds to the exports of a module; `fuel` only where it is metered. */
interface Hardened {
  readonly fuel?: WebAssembly.Global<'i64'>
  /** Pages of 64 KiB that the module believes to have. */
  readonly pages?: WebAssembly.Global<'i32'>
  /** Pages it asked for last in vain. */
  readonly refused?: WebAssembly.Global<'i32'>
}

/**
 * One instance of a hardened module, for one image, with a memory of at most `limits.memoryBytes` and `limits.fuel` in
 * the tank. Modules are compiled once; instances are never used again.
 */
export class Instance implements Gauges {
  readonly memory: WebAssembly.Memory
  /** The ceiling, in bytes. */
  readonly maximumBytes: number
  readonly #fuel: number
  #exports: WebAssembly.Exports & Hardened = {}

  /**
   * @param link makes the imports; they use the instance's memory and exports when they are called
   * @throws SandboxError 'out-of-memory' when the ceiling is below what the module starts with
   */
  constructor(module: WebAssembly.Module, link: (instance: Instance) => Imports, limits: Limits) {
    const pages = startingPages(module)
    const maximumPages = Math.min(65_536, Math.floor(limits.memoryBytes / PAGE))
    if (pages > maximumPages)
      throw new SandboxError(
        'out-of-memory',
        `starts with ${pages} pages of 64 KiB, the ceiling is ${maximumPages}`,
      )
    this.maximumBytes = maximumPages * PAGE
    this.#fuel = limits.fuel
    this.memory = takeMemory(pages, maximumPages)
    try {
      const { env, ...others } = link(this)
      const imports = { ...others, env: { ...env, memory: this.memory } }
      this.#exports = new WebAssembly.Instance(module, imports).exports
      if (this.#exports.fuel) this.#exports.fuel.value = BigInt(limits.fuel)
    } catch (error) {
      this.close()
      throw error
    }
  }

  get exports(): WebAssembly.Exports {
    return this.#exports
  }

  /** Negative when it was used up; 0 if the module is not metered. */
  get fuelLeft(): number {
    return Number(this.#exports.fuel?.value ?? 0n)
  }

  get refusedBytes(): number {
    return ((this.#exports.refused?.value ?? 0) >>> 0) * PAGE
  }

  get cost(): Cost {
    const { fuel, pages } = this.#exports
    return { fuel: fuel ? this.#fuel - this.fuelLeft : 0, memoryBytes: (pages?.value ?? 0) * PAGE }
  }

  /** Calls an exported function. @throws SandboxError, whatever was thrown inside */
  call(name: string, ...args: number[]): number {
    return this.guard(() => this.run(name, ...args))
  }

  /** Calls an exported function and lets through what it throws. */
  run(name: string, ...args: number[]): number {
    const target = this.#exports[name]
    if (typeof target !== 'function')
      throw new TypeError(`no function ${name}: the instance is closed, or the module lacks it`)
    return target(...args)
  }

  /** Runs host code that calls into the instance. @throws SandboxError, whatever was thrown inside */
  guard<T>(work: () => T): T {
    try {
      return work()
    } catch (thrown) {
      throw classify(thrown, this)
    }
  }

  /** Like `guard`, and closes the instance after an error. */
  guardOrClose<T>(work: () => T): T {
    try {
      return this.guard(work)
    } catch (error) {
      this.close()
      throw error
    }
  }

  /** Charges work that the host does on behalf of the module. */
  burn(units: number): void {
    const { fuel } = this.#exports
    if (!fuel) return
    fuel.value -= BigInt(units)
    if (fuel.value < 0n) throw new SandboxError('out-of-fuel', 'the budget of fuel was used up')
  }

  /** Grows the memory for the module. @returns false, and leaves a note, if the ceiling does not allow it */
  grow(toBytes: number): boolean {
    const { pages, refused } = this.#exports
    if (!pages || !refused) return false
    const wanted = Math.ceil(toBytes / PAGE)
    const missing = wanted - this.memory.buffer.byteLength / PAGE
    try {
      if (missing > 0) this.memory.grow(missing)
      pages.value = Math.max(pages.value, wanted)
      return true
    } catch {
      refused.value = wanted - pages.value
      return false
    }
  }

  /** Gives the memory back. After this the instance runs nothing, and every view on its memory is empty. */
  close(): void {
    this.#exports = {}
    giveBack(this.memory)
  }
}
