import { afterAll, expect, test } from 'vitest'

const { Memory, Instance, instantiate } = WebAssembly
afterAll(() => void Object.assign(WebAssembly, { Memory, Instance, instantiate }))

test('memories are counted until they are forgotten, and none where time is measured', async () => {
  const { stopCounting, wasmBytes } = await import('./wasm-memory.mjs')
  const make = () => new WebAssembly.Memory({ initial: 2 })
  make()
  make()
  expect(wasmBytes(false)).toBe(4 * 65_536)
  expect(wasmBytes(true)).toBe(4 * 65_536)
  expect(wasmBytes(false)).toBe(0)
  make()
  stopCounting()
  make()
  expect(wasmBytes(false)).toBe(0)
})
