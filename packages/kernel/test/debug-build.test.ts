// The debug module is what makes the fuzzers worth running: it has to see a stray access.
import { expect, test } from 'vitest'
import { resize } from '../src/index.js'
import { instantiate, type KernelExports } from '../src/instance.js'
import { kernelModule } from './kernel-module.js'
import { waves } from './pictures.js'

/** Reads one row from `bytes` behind the start of a block that holds just that row. */
function readRowAt(build: 'release' | 'debug', bytes: number): KernelExports {
  const { exports } = instantiate(kernelModule(build))
  const width = 64
  exports.setPlan(width / 2, 1, 1, 2, 0, 0, 0, 0)
  expect(exports.openResize(width, 1, 1, 1)).toBe(0)
  const row = exports.alloc(BigInt(width * 4))
  exports.pushRows(row + bytes, 1, 0)
  return exports
}

test('a read outside of every block is a trap in the debug build, and only there', () => {
  const SLACK = 64
  expect(() => readRowAt('debug', 0)).not.toThrow()
  expect(() => readRowAt('debug', SLACK + 64)).toThrow(WebAssembly.RuntimeError)
  expect(() => readRowAt('debug', -64)).toThrow(WebAssembly.RuntimeError)
  expect(() => readRowAt('release', -64)).not.toThrow()
})

test('both builds give the same pixels', () => {
  const source = waves(90, 70)
  const [release, debug] = (['release', 'debug'] as const).map(
    build => resize(instantiate(kernelModule(build)), source, { width: 31, height: 24 }).pixels,
  )
  expect(release).toEqual(debug)
})
