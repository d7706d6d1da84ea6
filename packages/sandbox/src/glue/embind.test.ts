import { expect, it } from 'vitest'
import type { Instance } from '../instance.js'
import { Refusal } from '../sandbox-error.js'
import { embind } from './embind.js'

/** A module gone bad: it can call every import with any numbers. */
function rogue(memoryText: string) {
  const memory = new WebAssembly.Memory({ initial: 1 })
  new Uint8Array(memory.buffer).set(new TextEncoder().encode(memoryText), 8)
  const exports = { table: new WebAssembly.Table({ element: 'anyfunc', initial: 2 }) }
  return embind({ memory, exports } as unknown as Instance, { Uint8Array: (view: Uint8Array) => view })
}
const call = (of: ReturnType<typeof rogue>, name: string, ...args: number[]) => of.imports[name]?.(...args)

it.each(['Function', 'eval', 'process', '__proto__', 'constructor', 'fetch'])(
  'does not hand out the global %s',
  name => {
    expect(() => call(rogue(name), '_emval_get_global', 8)).toThrow(Refusal)
  },
)

it('does not call methods, and constructs nothing but what it handed out', () => {
  const of = rogue('Uint8Array')
  expect(() => call(of, '_emval_get_method_caller', 1, 8, 0)).toThrow(Refusal)
  expect(() => call(of, '_emval_new', 16, 0, 0, 0)).toThrow(Refusal)
  expect(() => call(of, '_emval_new', -1, 0, 0, 0)).toThrow(Refusal)
})

it('holds a bounded number of values and arguments', () => {
  const of = rogue('Uint8Array')
  for (let i = 0; i < 64; i++) call(of, '_emval_get_global', 8)
  expect(() => call(of, '_emval_get_global', 8)).toThrow(Refusal)
  expect(() => call(rogue('Uint8Array'), '_emval_new', 16, 0x7fffffff, 0, 0)).toThrow(Refusal)
})

it('reads addresses through the bounds of the memory', () => {
  expect(() => call(rogue('Uint8Array'), '_emval_new', 16, 1, -4, 0)).toThrow(RangeError)
  expect(() => call(rogue('Uint8Array'), '_emval_get_global', -4)).toThrow(RangeError)
})
