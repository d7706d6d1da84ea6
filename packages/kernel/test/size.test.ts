import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { kernelModule } from './kernel-module.js'

const module = kernelModule()

test('kernel.wasm keeps within its budget', () => {
  const wasm = readFileSync(new URL('../dist/kernel.wasm', import.meta.url))
  expect(wasm.length).toBeLessThanOrEqual(100_000)
  expect(gzipSync(wasm, { level: 9 }).length).toBeLessThanOrEqual(40_000)
})

test('the only import is memory', () => {
  expect(WebAssembly.Module.imports(module)).toEqual([{ module: 'env', name: 'memory', kind: 'memory' }])
})
