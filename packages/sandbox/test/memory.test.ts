import { expect, test } from 'vitest'
import { OP } from '../harden/instructions.mjs'
import { countPages, importMemory } from '../harden/memory.mjs'
import { assemble } from '../harden/module.mjs'
import { globalOf, moduleOf, runOf } from './toy-module.js'

test('memory grows up to the limit, in one that may be larger, and says what was refused', () => {
  const wasm = moduleOf([OP.localGet, 0, OP.memoryGrow, 0, OP.globalSet, 0])
  wasm.globals = [Uint8Array.of(OP.i32, 1, OP.i32Const, 0, OP.end)]
  wasm.exports.push({ name: 'answer', kind: 3, index: 0 })
  countPages(wasm, importMemory(wasm))
  const memory = new WebAssembly.Memory({ initial: 4, maximum: 10 })
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(assemble(wasm)), { env: { memory } })
  const run = runOf(exports)
  const numberOf = (name: string) => globalOf<number>(exports, name)
  const grow = (by: number) => {
    run(by)
    const counted = ['answer', 'pages', 'refused'].map(name => numberOf(name).value)
    return [...counted, memory.buffer.byteLength / 65_536]
  }
  numberOf('limit').value = 6
  expect(grow(2)).toEqual([1, 3, 0, 4])
  expect(grow(3)).toEqual([3, 6, 0, 6])
  expect(grow(1)).toEqual([-1, 6, 1, 6])
  numberOf('limit').value = 65_536
  expect(grow(4)).toEqual([6, 10, 1, 10])
  expect(grow(5)).toEqual([-1, 10, 5, 10])
  expect(grow(-1)).toEqual([-1, 10, -1, 10])
})
