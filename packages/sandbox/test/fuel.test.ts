import { describe, expect, it } from 'vitest'
import { meter } from '../harden/fuel.mjs'
import { OP } from '../harden/instructions.mjs'
import { importMemory } from '../harden/memory.mjs'
import { assemble, type Wasm } from '../harden/module.mjs'
import { countDown, endless, globalOf, moduleOf, runOf, take } from './toy-module.js'

const i32Eqz = 0x45

/** A metered module with that much fuel, whose import takes 100 each time. */
function instantiate(wasm: Wasm, filled: number) {
  importMemory(wasm)
  meter(wasm)
  const env = {
    memory: new WebAssembly.Memory({ initial: 1 }),
    take: () => {
      fuel.value -= 100n
    },
  }
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(assemble(wasm)), { env })
  const fuel = globalOf<bigint>(exports, 'fuel')
  fuel.value = BigInt(filled)
  return { run: runOf(exports), fuel }
}

describe('fuel', () => {
  it('is empty until it is filled', () => {
    const { run, fuel } = instantiate(moduleOf([]), 0)
    expect(() => run(0)).toThrow(WebAssembly.RuntimeError)
    expect(fuel.value).toBe(-1n)
  })

  it('ends an endless loop, and an endless recursion', () => {
    for (const code of [endless, [OP.localGet, 0, OP.call, 0]]) {
      const { run, fuel } = instantiate(moduleOf(code), 1000)
      expect(() => run(0)).toThrow('unreachable')
      expect(fuel.value).toBe(-1n)
    }
  })

  it('is one for the function and one for each turn of a loop', () => {
    const { run, fuel } = instantiate(moduleOf(countDown([])), 1000)
    run(7)
    expect(fuel.value).toBe(1000n - 8n)
  })

  // block loop; if (n-- == 0) break; continue; end end
  const leave = [
    ...[OP.block, OP.empty, OP.loop, OP.empty, OP.localGet, 0, i32Eqz, OP.brIf, 1],
    ...[OP.localGet, 0, OP.i32Const, 1, OP.i32Sub, OP.localSet, 0, OP.br, 0, OP.end, OP.end],
  ]
  it.each([
    ['that is left in the middle', leave, 1 + 6],
    ['that holds another', countDown([OP.loop, OP.empty, OP.end]), 1 + 10],
    ['that stands before another', [...countDown([]), ...leave], 1 + 5 + 1],
  ])('is right after a loop %s', (_, code, used) => {
    const { run, fuel } = instantiate(moduleOf(code), 1000)
    run(5)
    expect(1000n - fuel.value).toBe(BigInt(used))
  })

  const call = [OP.i32Const, 0, OP.call, 0]
  it('is seen by a loop that calls when the callee took some', () => {
    const { run, fuel } = instantiate(moduleOf(countDown(call), [take]), 1000)
    run(3)
    expect(fuel.value).toBe(1000n - 4n - 300n)
  })

  it('is seen by a loop that calls nothing inside one that calls', () => {
    const inside = [...call, OP.loop, OP.empty, OP.end]
    const { run, fuel } = instantiate(moduleOf(countDown(inside), [take]), 1000)
    run(3)
    expect(fuel.value).toBe(1000n - 1n - 3n * 102n)
  })
})

describe('an instruction that works on a length', () => {
  // Of n bytes at 0, or from there.
  const copy = [OP.bulk, 10, 0, 0]
  const fill = [OP.bulk, 11, 0]
  const onLength = (instruction: readonly number[]) => [
    ...[OP.i32Const, 0, OP.i32Const, 0, OP.localGet, 0, ...instruction],
  ]
  // The function and the one that pays are entered, and 64 bytes take one.
  const enters = 2

  it.each([
    ['memory.copy', copy],
    ['memory.fill', fill],
  ])('pays for it before it is done: %s', (_, instruction) => {
    for (const [bytes, used] of [
      [0, 0],
      [63, 0],
      [64, 1],
      [65_536, 1024],
    ] as const) {
      const { run, fuel } = instantiate(moduleOf(onLength(instruction)), used + enters)
      run(bytes)
      expect(fuel.value).toBe(0n)
      const short = instantiate(moduleOf(onLength(instruction)), used + enters - 1)
      expect(() => short.run(bytes)).toThrow('unreachable')
      expect(short.fuel.value).toBe(-1n)
    }
  })

  it('is seen to pay by a loop around it', () => {
    const inside = [OP.i32Const, 0, OP.i32Const, 0, OP.i32Const, 0x80, 0x01, ...copy]
    const { run, fuel } = instantiate(moduleOf(countDown(inside)), 1000)
    run(3)
    // Each turn one for itself, one to enter, and two for 128 bytes.
    expect(fuel.value).toBe(1000n - 1n - 3n * 4n)
  })

  it('fails the build where nothing would pay', () => {
    const init = [OP.bulk, 8, 0, 0]
    expect(() => meter(moduleOf(onLength(init)))).toThrow('instruction 0xfc 8 is not metered')
  })
})
