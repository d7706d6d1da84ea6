// What a file cost: fuel of all instances of metered modules, time by the clock and of the processor, and the most memory
// of the process.
import { forgetPeak, peakBytes } from '@sluice/testkit/process-memory'

const Original = WebAssembly.Instance
const value = Object.getOwnPropertyDescriptor(WebAssembly.Global.prototype, 'value')
let tanks = []

/** Watches the counter that hardening exports: filled once, lower at the end. Must come before the first instance. */
WebAssembly.Instance = class extends Original {
  constructor(module, imports) {
    super(module, imports)
    const { fuel } = this.exports
    if (!(fuel instanceof WebAssembly.Global)) return
    const tank = { filled: undefined, left: () => value.get.call(fuel) }
    tanks.push(tank)
    Object.defineProperty(fuel, 'value', {
      get: () => value.get.call(fuel),
      set(amount) {
        tank.filled ??= amount
        value.set.call(fuel, amount)
      },
    })
  }
}

/** Does the work with all gauges at zero. */
export async function measure(work) {
  globalThis.gc()
  forgetPeak()
  tanks = []
  const start = performance.now()
  const processor = process.cpuUsage()
  const result = await work()
  const ms = Math.round(performance.now() - start)
  // Of all threads of the process. What others on the machine do moves it less than the clock.
  const { user, system } = process.cpuUsage(processor)
  const cpuMs = Math.round((user + system) / 1000)
  const fuel = tanks.reduce((sum, { filled = 0n, left }) => sum + Number(filled - left()), 0)
  return { ...result, fuel, ms, cpuMs, peakMiB: Math.ceil(peakBytes() / 2 ** 20) }
}
