import { afterEach, describe, expect, it, vi } from 'vitest'
import { compileEncoder } from './simd.js'

afterEach(() => vi.restoreAllMocks())

describe('compileEncoder', () => {
  it('names what is missing where there is no SIMD', async () => {
    vi.spyOn(WebAssembly, 'validate').mockReturnValue(false)
    await expect(compileEncoder(new Uint8Array())).rejects.toThrow('WebAssembly SIMD')
  })
})
