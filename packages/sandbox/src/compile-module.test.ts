import { expect, test } from 'vitest'
import { compileModule } from './compile-module.js'

const empty = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0)
const timers = () => process.getActiveResourcesInfo().filter(kind => kind === 'Timeout').length

test('the event loop is held open while a module compiles, and no longer', async () => {
  const before = timers()
  const compiling = compileModule(empty)
  expect(timers()).toBe(before + 1)
  expect(await compiling).toBeInstanceOf(WebAssembly.Module)
  expect(timers()).toBe(before)
})

test('what is no module is refused, and the loop let go', async () => {
  const before = timers()
  await expect(compileModule(empty.subarray(4))).rejects.toThrow(WebAssembly.CompileError)
  expect(timers()).toBe(before)
})
