import { FuelTank } from './fuel-tank.js'
import type { Cost, Limits } from './limits.js'
import { InstanceMemory } from './memory/instance-memory.js'
import { classify, type Gauges, SandboxError } from './sandbox-error.js'

export type HostFunction = (...args: number[]) => number | undefined
export type Imports = Readonly<Record<string, Readonly<Record<string, HostFunction>>>>

/**
 * One instance of a hardened module, for one image, with a memory of at most `limits.memoryBytes` and `limits.fuel` in
 * the tank. Modules are compiled once; instances are never used again.
 */
export class Instance implements Gauges {
  readonly #memory: InstanceMemory
  #tank: FuelTank | undefined
  #exports: WebAssembly.Exports = {}

  /**
   * @param link makes the imports; they use the instance's memory and exports when they are called
   * @throws SandboxError 'out-of-memory' when the ceiling is below what the module starts with
   */
  constructor(module: WebAssembly.Module, link: (instance: Instance) => Imports, limits: Limits) {
    this.#memory = new InstanceMemory(module, limits)
    try {
      const { env, ...others } = link(this)
      const imports = { ...others, env: { ...env, memory: this.memory } }
      this.#exports = new WebAssembly.Instance(module, imports).exports
      this.#memory.attach(this.#exports)
      this.#tank = new FuelTank(this.#exports, limits)
    } catch (error) {
      this.close()
      throw error
    }
  }

  get memory(): WebAssembly.Memory {
    return this.#memory.memory
  }

  get exports(): WebAssembly.Exports {
    return this.#exports
  }

  /** Negative when it was used up. */
  get fuelLeft(): number {
    return this.#tank?.left ?? 0
  }

  get refusedBytes(): number {
    return this.#memory.refusedBytes
  }

  get refusedByRuntime(): boolean {
    return this.#memory.refusedByRuntime
  }

  /** Bytes that the memory may grow to now. */
  get limitBytes(): number {
    return this.#memory.limitBytes
  }

  get cost(): Cost {
    return { fuel: this.#tank?.used ?? 0, memoryBytes: this.#memory.bytes }
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
    this.#memory.ready()
    this.#tank?.ready()
    try {
      return target(...args)
    } finally {
      this.#tank?.tell()
    }
  }

  /** Runs host code that calls into the instance. @throws SandboxError, whatever was thrown inside */
  guard<T>(work: () => T): T {
    this.#tank?.ready()
    try {
      return work()
    } catch (thrown) {
      throw classify(thrown, this)
    } finally {
      // Functions of the module's table are called past `run`.
      this.#tank?.tell()
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
    if (this.#tank?.burn(units) === false)
      throw new SandboxError('out-of-fuel', 'the budget of fuel was used up')
  }

  /** Grows the memory for the module. @returns false if the ceiling does not allow it */
  grow(toBytes: number): boolean {
    return this.#memory.grow(toBytes)
  }

  /** Gives the memory back. After this the instance runs nothing, and every view on its memory is empty. */
  close(): void {
    this.#exports = {}
    this.#memory.close()
  }
}
