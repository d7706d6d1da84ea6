import { expect, test, vi } from 'vitest'
import { sharedRenderer } from '../pool/shared-renderer.js'
import { workerPool } from '../pool/worker-pool.js'
import { defaultRenderer } from './default.js'

vi.mock(import('@sluice/kernel'), async original => ({ ...(await original()), hasSimd: () => false }))

test.each([
  ['defaultRenderer', defaultRenderer],
  ['workerPool', workerPool],
  ['sharedRenderer', sharedRenderer],
])('%s fails at start without SIMD, and names the renderer that does without', (_, make) => {
  expect(() => make()).toThrow(/SIMD.*jsquashRenderer\(\)/)
})
